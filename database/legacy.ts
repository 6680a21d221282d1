import { z } from 'zod';
import { WorkshopError } from '../model/workshop-error.ts';
import type { Database } from './cluster/database.ts';
import { hashDemonstrationPassword } from './legacy/demonstration-password.ts';
import { insertStatements, type TableRows } from './legacy/insert.ts';
import { applyMigrations } from './migrations.ts';

const id = z.number().int().positive();
const text = z.string();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD');

/** The clinic's records in the shape of its first schema; keys are the columns. Missing ids are given by the loader. */
export const legacyDataSchema = z.strictObject({
  facilities: z.array(z.strictObject({ id: id.optional(), name: text, address: text, phone: text })),
  doctors: z.array(
    z.strictObject({
      id: id.optional(),
      name: text,
      email: text,
      specialty: text,
      /** `scrypt$cost$salt$hash`. Absent: the password of the demonstration, `second-opinion`. */
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

/** Throws `FIXTURE_INVALID` naming each field that is not as the schema wants it. */
export function parseLegacyData(json: unknown): LegacyData {
  const parsed = legacyDataSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new WorkshopError(
    'FIXTURE_INVALID',
    `The clinic's records can't be read:\n${z.prettifyError(parsed.error)}`,
    {
      remedy: 'Correct these fields of fixtures/sample-data.json, or restore the file with git.',
      cause: parsed.error,
    },
  );
}

/** Makes the schema and loads the records. */
export async function loadLegacy(
  database: Database,
  { schema, data }: { readonly schema: string; readonly data: LegacyData },
): Promise<void> {
  await makeLegacySchema(database, schema);
  await loadRecords(database, data);
}

/** As the clinic's role. `schema` is SQL. */
export async function makeLegacySchema(database: Database, schema: string): Promise<void> {
  await applyMigrations(database, [{ path: SCHEMA_FILE, sql: schema }]);
}

/** Into the legacy schema, as the clinic's role and all or nothing. Ids given later follow the loaded. */
export async function loadRecords(database: Database, data: LegacyData): Promise<void> {
  const client = await database.asClinic();
  try {
    await client.query('BEGIN');
    for (const table of tablesOf(data)) {
      for (const { sql, parameters } of insertStatements(table)) await client.query(sql, parameters);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

function tablesOf(data: LegacyData): readonly TableRows[] {
  const isHashMissing = data.doctors.some((doctor) => doctor.password_hash === undefined);
  const password_hash = isHashMissing ? hashDemonstrationPassword() : '';
  const created_at = new Date().toISOString();
  return [
    { table: 'facilities', hasId: true, rows: data.facilities },
    { table: 'doctors', hasId: true, rows: data.doctors.map((doctor) => ({ password_hash, ...doctor })) },
    { table: 'facility_doctors', hasId: false, rows: data.facility_doctors },
    { table: 'patients', hasId: true, rows: data.patients },
    { table: 'notes', hasId: true, rows: data.notes.map((note) => ({ created_at, ...note })) },
  ];
}

const SCHEMA_FILE = 'fixtures/legacy-schema.sql';
