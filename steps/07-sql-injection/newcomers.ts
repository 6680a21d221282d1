import type { LegacyData } from '../../harness/legacy-records.ts';
import type { PreparedDatabase } from '../../harness/workbench.ts';
import { folded, keyOf } from './truth.ts';

/**
 * Patients whom no legacy record knows, by the facility where the directory lists them: a learner's migration may make
 * a chart for a note of somebody nobody knows. Read before any attack, so that nothing hostile gets in.
 */
export async function newcomers(
  { database }: PreparedDatabase,
  { patients }: LegacyData,
): Promise<(facility: string) => readonly string[]> {
  const { rows } = await database
    .query<Listed>('SELECT name, birth_date::text AS birth_date, facility_name FROM patient_directory')
    // A directory that can't be read has its own finding: the search fails.
    .catch(() => ({ rows: [] }));
  const known = new Set(patients.map(({ name }) => folded(name)));
  const unknown = rows.filter(({ name }) => !known.has(folded(name)));
  return (facility) =>
    unknown
      .filter(({ facility_name }) => folded(facility_name) === folded(facility))
      .map(({ name, birth_date }) => keyOf({ name: name ?? '', birthDate: birth_date ?? '' }));
}

interface Listed extends Record<string, unknown> {
  readonly name: string | null;
  readonly birth_date: string | null;
  readonly facility_name: string | null;
}
