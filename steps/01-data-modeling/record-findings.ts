import { ClinicFailure } from '../../harness/failure.ts';
import type { Schema } from '../../harness/schema/catalogue.ts';

export const noPatients = (schema: Schema) =>
  new ClinicFailure({
    ruleId: 'records/patients-missing',
    level: 'error',
    message: 'After your migrations no table holds the patients any more.',
    tried: `Look in every table for the patients' names beside their birth dates: ${tablesOf(schema)}.`,
    expected:
      'One table with a row for each patient. Its name and the names of its columns are yours to choose.',
    observed: 'In no table do half of the patients stand with name and birth date.',
    why: 'A migration runs over records that exist once. What it drops is gone.',
  });

export const noNotes = (schema: Schema) =>
  new ClinicFailure({
    ruleId: 'records/notes-missing',
    level: 'error',
    message: 'After your migrations no table holds the notes any more.',
    tried: `Look in every table for the texts of the notes: ${tablesOf(schema)}.`,
    expected: 'One table with a row for each note, its text unchanged.',
    observed: 'In no table do half of the texts stand.',
    why: 'Nobody may shorten a medical record, least of all by accident.',
  });

const tablesOf = (schema: Schema) =>
  schema.map(({ name, rows }) => `${name} (${rows.length} rows)`).join(', ');
