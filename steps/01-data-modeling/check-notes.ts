import type { Reported, Run } from '../../harness/run.ts';
import { judgeBoth } from './both-records.ts';
import { nameOf } from './check-facility.ts';
import { authorLink, patientLink } from './clinic-links.ts';
import { copiesOf, type Copy } from './copies.ts';
import { tryDelete } from './deletes.ts';
import { judgeLink, lostNames } from './judge-link.ts';
import { copyLeft } from './link-findings.ts';
import { followLink } from './links.ts';
import { type Migrated, rowsOfNotes } from './migrated.ts';

/** A note is tied to its patient and to its author, and keeps the names of neither. */
export async function checkNotes(run: Run): Promise<void> {
  await judgeBoth(run, async (migrated) => {
    const [patient, author] = [patientLink(migrated), authorLink(migrated)];
    const isTied = followLink(patient) !== null && followLink(author) !== null;
    return [
      ...judgeLink(migrated, patient),
      ...strangersLost(migrated),
      ...judgeLink(migrated, author),
      ...(isTied ? copies(migrated) : []),
      ...(await tryDelete(migrated, author)),
    ];
  });
}

/** A note that lies elsewhere, because nobody knows its patient, still has to say whose it was. */
function strangersLost(migrated: Migrated): readonly Reported[] {
  const { notes, truth } = migrated;
  const elsewhere = truth.notes.filter(({ body, patient }) => patient === null && !notes.byBody.has(body));
  const bearers = elsewhere.map(({ id, body, patientName }) => ({
    row: null,
    id,
    label: body,
    truth: { kind: 'unmatched', raw: patientName } as const,
  }));
  return lostNames(migrated, patientLink(migrated), bearers);
}

/** A note without a patient may say where it was written: it has no chart that would tell. */
function copies(migrated: Migrated): readonly Reported[] {
  const { table, bodyColumn } = migrated.notes;
  const rows = rowsOfNotes(migrated);
  const inCharts = rows.filter(({ note }) => note.patient !== null);
  const facilities = inCharts.map(({ note, row }) => nameOf({ row, truth: note.facility }));
  const patients = inCharts.map(({ note, row }) => ({ row, name: note.patientName }));
  const authors = rows.map(({ note, row }) => nameOf({ row, truth: note.author }));
  const found = (thing: string, all: readonly Copy[]) =>
    all.length === 0 ? [] : [copyLeft('notes', thing, all)];
  return [
    ...found('patient', copiesOf(table, patients, [bodyColumn])),
    ...found('facility', copiesOf(table, facilities, [bodyColumn])),
    ...found('author', copiesOf(table, authors, [bodyColumn])),
  ];
}
