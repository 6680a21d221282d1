import { z } from 'zod';
import { WorkshopError } from '../model/workshop-error.ts';
import type { Database } from './cluster/database.ts';

const id = z.number().int().positive();
const text = z.string();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD');

/** The clinic's records in the shape of its first schema; keys are the columns. Missing ids are given by the database. */
export const legacyDataSchema = z.strictObject({
  facilities: z.array(z.strictObject({ id: id.optional(), name: text, address: text, phone: text })),
  doctors: z.array(
    z.strictObject({
      id: id.optional(),
      name: text,
      email: text,
      specialty: text,
      /** Absent: the password of the demonstration, `second-opinion`. */
      password_hash: text.optional(),
    }),
  ),
  facility_doctors: z.array(z.strictObject({ facility_id: id, doctor_id: id })),
  patients: z.array(
    z.strictObject({
      id: id.optional(),
      name: text,
      birth_date: date,
      age: z.number().int().nullish(),
      facility_name: text.nullish(),
      doctor_name: text.nullish(),
      diagnoses: text.nullish(),
    }),
  ),
  notes: z.array(
    z.strictObject({
      id: id.optional(),
      patient_name: text,
      facility_name: text.nullish(),
      created_by: text.nullish(),
      body: text,
      /** ISO 8601 with a zone; absent: the moment of loading. */
      created_at: z.iso.datetime({ offset: true }).optional(),
    }),
  ),
});

export type LegacyData = z.infer<typeof legacyDataSchema>;

export function parseLegacyData(json: unknown): LegacyData {
  return legacyDataSchema.parse(json);
}

/** Makes the schema and loads the records, as the clinic's role. */
export async function loadLegacy(
  _database: Database,
  _fixtures: { readonly schema: string; readonly data: LegacyData },
): Promise<void> {
  throw new WorkshopError('ENGINE_UNAVAILABLE', 'Not built yet.', { remedy: 'Wait for the next commit.' });
}
