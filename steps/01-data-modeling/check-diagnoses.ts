import type { Reported, Run } from '../../harness/run.ts';
import { isReference, type Row } from '../../harness/schema/catalogue.ts';
import { bestRoute, type Explained, labelsOf } from '../../harness/schema/best-route.ts';
import { endOf } from '../../harness/schema/routes.ts';
import { openTrials, overwrite } from '../../harness/schema/trials.ts';
import { judgeBoth } from './both-records.ts';
import * as say from './diagnosis-findings.ts';
import { columnsHolding, type ColumnTarget } from './entities.ts';
import { type Migrated, rowsOfPatients } from './migrated.ts';
import { fold, type PatientTruth } from './truth.ts';

/** Each diagnosis of a patient is a row, and the database knows which diagnoses there are. */
export async function checkDiagnoses(run: Run): Promise<void> {
  await judgeBoth(run, async (migrated) => {
    const lists = listColumns(migrated);
    const found = bestDiagnoses(migrated);
    if (found === null) return [say.noTable(migrated, lists)];
    return [
      ...wrong(migrated, found),
      ...(lists.length === 0 ? [] : [say.listLeft(migrated, lists)]),
      ...twoSpellings(found),
      ...(await uncontrolled(run, migrated, found)),
    ];
  });
}

/** Columns of the patients' own table that hold what their list held: as text, array, JSON, one or several. */
export function listColumns({ patients, ...migrated }: Migrated): readonly string[] {
  const ill = rowsOfPatients({ patients, ...migrated }).filter(({ patient }) => patient.diagnoses.length > 0);
  const holdsAll = (row: Row, column: string, { diagnoses }: PatientTruth) => {
    const words = fold(row.values[column])
      .split(/[^\p{L}' ]+/u)
      .map(fold);
    return diagnoses.every((diagnosis) => words.includes(diagnosis));
  };
  return patients.table.columns
    .filter(({ name }) => !patients.nameColumns.includes(name) && !isReference(patients.table, name))
    .filter(
      ({ name }) => ill.filter(({ row, patient }) => holdsAll(row, name, patient)).length * 2 > ill.length,
    )
    .map(({ name }) => name);
}

type Found = Explained & { readonly target: ColumnTarget };

/** The route to a table of diagnoses; `null` when none leads half of the patients to theirs. */
export function bestDiagnoses(migrated: Migrated): Found | null {
  const { schema, truth, patients } = migrated;
  const rows = rowsOfPatients(migrated);
  const targets = columnsHolding(schema, truth.diagnoses, [patients.table]);
  const best = bestRoute(
    patients.table,
    targets,
    rows.map(({ patient, row }) => ({ row, fits: (labels) => isSame(labels, patient.diagnoses) })),
  );
  const target = targets.find((one) => one === best?.target);
  return best === null || target === undefined || best.hits * 2 < rows.length ? null : { ...best, target };
}

function wrong(migrated: Migrated, { route, target }: Found): readonly Reported[] {
  const all = rowsOfPatients(migrated).map(({ patient, row }) => ({
    patient,
    labels: labelsOf(row, route, target),
  }));
  const strayed = all.filter(({ patient, labels }) => !isSame(labels, patient.diagnoses));
  const doubled = all.filter(({ labels }) => new Set(labels.map(fold)).size < labels.length);
  return [
    ...(strayed.length === 0 ? [] : [say.wrong(target.title, strayed)]),
    ...(doubled.length === 0 ? [] : [say.twice(target.title, doubled)]),
  ];
}

function twoSpellings({ target }: Found): readonly Reported[] {
  const spellings = [...new Set(target.table.rows.flatMap((row) => target.labelOf(row) ?? []))];
  const isOne = (name: string) => spellings.filter((other) => fold(other) === fold(name)).length === 1;
  const several = spellings.filter((name) => !isOne(name) || fold(name) === '');
  return several.length === 0 ? [] : [say.twoSpellings(target.title, several)];
}

/** Tries to give a patient a diagnosis that there is not, with the learner's own triggers asleep. */
async function uncontrolled(
  run: Run,
  { database }: Migrated,
  { route, target }: Found,
): Promise<readonly Reported[]> {
  const loose = route.find(({ key }) => !key.isEnforced);
  if (loose !== undefined) return [say.keyNotChecked(loose.key.name, loose.key.from.name)];

  const last = route.at(-1);
  if (last === undefined || (last.forward && endOf(last) === target.table)) return [];
  if (isReference(target.table, target.column)) return [];
  const [row] = target.table.rows;
  if (row === undefined) return [];
  const nonsense = run.random.marker();
  const trials = await openTrials(database);
  try {
    const trial = await trials.attempt((client) =>
      overwrite(client, target.table, row, { [target.column]: nonsense }),
    );
    return trial.outcome === 'accepted' ? [say.anythingGoes(target.title, nonsense)] : [];
  } finally {
    await trials.close();
  }
}

function isSame(labels: readonly string[], diagnoses: readonly string[]): boolean {
  const folded = [...new Set(labels.map(fold))].sort();
  return folded.length === diagnoses.length && folded.every((label, i) => label === diagnoses[i]);
}
