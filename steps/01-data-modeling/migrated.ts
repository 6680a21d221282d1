import { legacyRecords } from '../../harness/legacy-records.ts';
import type { Run } from '../../harness/run.ts';
import { readSchema, type Row, type Schema, type Table } from '../../harness/schema/catalogue.ts';
import { findNotes, findPatients, type NoteTable, type PatientTable } from './entities.ts';
import { otherRecords } from './other-records.ts';
import { noNotes, noPatients } from './record-findings.ts';
import { type Truth, truthOf } from './truth.ts';

type Database = Awaited<ReturnType<Run['database']>>;

/** One set of legacy records after the learner's migrations. */
export interface Migrated {
  readonly database: Database;
  readonly schema: Schema;
  readonly truth: Truth;
  readonly patients: PatientTable;
  readonly notes: NoteTable;
  /** The records that nobody saw while the migrations were written. */
  readonly isOther: boolean;
}

/** The clinic's records, migrated. Throws `ClinicFailure` for SQL that fails and when patients or notes are nowhere. */
export async function clinicRecords(run: Run): Promise<Migrated> {
  const [database, records] = await Promise.all([run.database(), legacyRecords()]);
  return recognise(database, truthOf(records), false);
}

/** Other records, migrated in the same way. */
export async function recordsUnseen(run: Run): Promise<Migrated> {
  const records = otherRecords(run.random);
  return recognise(await run.migrateOther(records), truthOf(records), true);
}

/** The rows of these patients, each of whom has one. */
export function rowsOfPatients({ patients, truth }: Migrated) {
  return truth.patients.flatMap((patient) => {
    const [row, ...more] = patients.byKey.get(patient.key) ?? [];
    return row === undefined || more.length > 0 ? [] : [{ patient, row }];
  });
}

export function rowsOfNotes({ notes, truth }: Migrated) {
  return truth.notes.flatMap((note) => {
    const row = notes.byBody.get(note.body);
    return row === undefined ? [] : [{ note, row }];
  });
}

/** Every text in every table, with the row it stands in. */
export function* everyText(schema: Schema): Generator<{ table: Table; row: Row; text: string }> {
  for (const table of schema) {
    for (const row of table.rows) {
      for (const text of Object.values(row.values)) if (text !== null) yield { table, row, text };
    }
  }
}

async function recognise(database: Database, truth: Truth, isOther: boolean): Promise<Migrated> {
  const schema = await readSchema(database);
  const patients = findPatients(schema, truth);
  if (patients === null) throw noPatients(schema);
  const notes = findNotes(schema, truth);
  if (notes === null) throw noNotes(schema);
  return { database, schema, truth, patients, notes, isOther };
}
