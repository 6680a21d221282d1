import type { Reported, Run } from '../../harness/run.ts';
import {
  isReference,
  readSchema,
  type Row,
  type Schema,
  type Table,
} from '../../harness/schema/catalogue.ts';
import { ageColumns, leadingNumber } from './check-age.ts';
import { authorLink, doctorLink, facilityLink, patientLink } from './clinic-links.ts';
import { bestDiagnoses } from './check-diagnoses.ts';
import { followLink } from './links.ts';
import { clinicRecords, type Migrated } from './migrated.ts';
import { ageOn, fold, listed, today } from './truth.ts';

/** What the clinic was told, and the rows that it wrote down because of it. */
export interface Written {
  readonly rows: readonly { readonly table: Table; readonly row: Row }[];
}

/** Runs `act` and tells which rows are new or changed after it, in whatever table. */
export async function rowsWrittenBy<T>(
  run: Run,
  act: () => Promise<T>,
): Promise<{ readonly written: Written; readonly answer: T }> {
  const database = await run.database();
  const before = keysOf(await readSchema(database));
  const answer = await act();
  const after = await readSchema(database);
  const rows = after.flatMap((table) =>
    table.rows.filter((row) => !before.has(keyOf(table, row))).map((row) => ({ table, row })),
  );
  return { written: { rows }, answer };
}

export interface Admitted {
  readonly written: Written;
  readonly birth: string;
  readonly diagnoses: string;
  readonly facility: string;
  readonly doctor: string;
}

/** Of two new patients: what a part that is mended still writes beside its keys, in a table of its own perhaps. */
export async function copiesWritten(
  run: Run,
  first: Admitted,
  second: Admitted,
): Promise<readonly Reported[]> {
  const seen = await run.once(clinicRecords);
  const isTied = {
    facility: followLink(facilityLink(seen)) !== null,
    doctor: followLink(doctorLink(seen)) !== null,
  };
  const named = (['facility', 'doctor'] as const).flatMap((thing) =>
    isTied[thing]
      ? placesOf(first.written, (text) => fold(text).includes(fold(first[thing]))).map((place) =>
          copyWritten(thing, `the name of the ${thing}`, place),
        )
      : [],
  );
  const lists = isListGone(seen) ? placesOf(first.written, (text) => namesAll(text, first.diagnoses)) : [];
  const ages = ageColumns(seen).length > 0 ? [] : bothPlaces(first, second);
  return [
    ...named,
    ...lists.map((place) => copyWritten('diagnoses', 'the whole list of diagnoses', place)),
    ...ages.map((place) => copyWritten('age', 'the age', place)),
  ];
}

/** Of a new note: the names that its keys stand for. */
export async function noteCopiesWritten(
  run: Run,
  written: Written,
  names: {
    readonly patient: string;
    readonly facility: string;
    readonly author: string;
    readonly body: string;
  },
): Promise<readonly Reported[]> {
  const seen = await run.once(clinicRecords);
  if (followLink(patientLink(seen)) === null || followLink(authorLink(seen)) === null) return [];
  return (['patient', 'facility', 'author'] as const).flatMap((thing) =>
    placesOf(written, (text) => text !== names.body && fold(text).includes(fold(names[thing]))).map((place) =>
      copyWritten('notes', `the name of the ${thing}`, place),
    ),
  );
}

function placesOf({ rows }: Written, isCopy: (text: string) => boolean): readonly string[] {
  return [
    ...new Set(
      rows.flatMap(({ table, row }) =>
        table.columns
          .filter(({ name }) => !isReference(table, name) && isCopy(row.values[name] ?? ''))
          .map(({ name }) => `${table.name}.${name}`),
      ),
    ),
  ];
}

function bothPlaces(first: Admitted, second: Admitted): readonly string[] {
  const places = ({ written, birth }: Admitted) =>
    placesOf(written, (text) => leadingNumber(text) === ageOn(today(), birth));
  const there = places(second);
  return places(first).filter((place) => there.includes(place));
}

function namesAll(text: string, diagnoses: string): boolean {
  return listed(diagnoses).every((diagnosis) => fold(text).includes(diagnosis));
}

const isListGone = (seen: Migrated) => bestDiagnoses(seen) !== null;
const keyOf = (table: Table, row: Row) => `${table.id} ${JSON.stringify(row.values)}`;
const keysOf = (schema: Schema) =>
  new Set(schema.flatMap((table) => table.rows.map((row) => keyOf(table, row))));

const copyWritten = (topic: string, what: string, place: string): Reported => ({
  ruleId: `${topic}/copy-written`,
  message: `The clinic still writes ${what} into ${place}.`,
  tried: 'Compare all tables before and after a new patient was admitted and a note was written.',
  expected: 'Keys, and each fact in one place.',
  observed: `${place} holds ${what} now.`,
  why: 'A copy in a table beside is a copy. It stays right as long as everybody who changes the one remembers the other.',
});
