import { ClinicFailure } from '../../harness/failure.ts';
import type { Reported, Run } from '../../harness/run.ts';
import { schemaEvidence } from '../../harness/schema/schema-evidence.ts';
import { judgeBoth } from './both-records.ts';
import { clinicRecords, everyText, type Migrated, recordsUnseen } from './migrated.ts';
import { suspicionsOf } from './suspicions.ts';
import { fold } from './truth.ts';

/** The migrations run, and every patient, note, facility and doctor is there once. */
export async function checkRecords(run: Run): Promise<void> {
  const unseen = run.once(recordsUnseen);
  unseen.catch(() => {});
  const seen = await run.once(clinicRecords);
  // Read is read: the clinic starts while the tables are judged. Whether it could is for the first check that visits it.
  run.clinic().catch(() => {});
  await judgeBoth(run, (migrated) => [...patientsGone(migrated), ...notesGone(migrated)]);
  run.show(schemaEvidence(seen.schema, suspicionsOf(seen)));
  try {
    await unseen;
  } catch (error) {
    if (!(error instanceof ClinicFailure)) throw error;
    run.report(error.finding);
  }
}

function patientsGone({ patients, truth }: Migrated): readonly Reported[] {
  const rowsOf = (key: string) => patients.byKey.get(key)?.length ?? 0;
  const gone = truth.patients.filter(({ key }) => rowsOf(key) === 0);
  const doubled = truth.patients.filter(({ key }) => rowsOf(key) > 1);
  const where = `${patients.table.name} (${[...patients.nameColumns, patients.birthColumn].join(', ')})`;
  return [
    ...lost(
      'patient',
      where,
      gone.map(({ name, birth }) => `${name}, born ${birth}`),
    ),
    ...(doubled.length === 0
      ? []
      : [
          {
            ruleId: 'records/patient-twice',
            message: `${doubled.length} patients stand more than once in ${patients.table.name}.`,
            tried: `Look for each patient of the legacy table in ${where}.`,
            expected: 'One row for each.',
            observed: doubled.map(({ name, key }) => `${name}: ${rowsOf(key)} rows`).join('; '),
            why: 'Half of the chart will be written on one of them and half on the other.',
          },
        ]),
  ];
}

/** A note for a person nobody knows may lie elsewhere; the others belong with the notes. */
function notesGone({ schema, notes, truth }: Migrated): readonly Reported[] {
  const gone = truth.notes.filter(({ body, patient }) => {
    if (notes.byBody.has(body)) return false;
    return patient !== null || ![...everyText(schema)].some(({ text }) => fold(text).includes(fold(body)));
  });
  return lost(
    'note',
    `${notes.table.name}.${notes.bodyColumn}`,
    gone.map(({ patientName, body }) => `${patientName}: “${body.slice(0, 50)}…”`),
  );
}

function lost(what: 'patient' | 'note', where: string, gone: readonly string[]): readonly Reported[] {
  if (gone.length === 0) return [];
  return [
    {
      ruleId: `records/${what}-lost`,
      message: `${gone.length} ${what}${gone.length === 1 ? ' has' : 's have'} not survived your migrations.`,
      tried: `Look for each ${what} of the legacy table in ${where}.`,
      expected: 'Every one of them, once.',
      observed: `Missing: ${gone.slice(0, 6).join('; ')}${gone.length > 6 ? `; and ${gone.length - 6} more` : ''}.`,
      why: 'A join drops what finds no partner, without a word. Whatever your migration can not place must still be there afterwards.',
    },
  ];
}
