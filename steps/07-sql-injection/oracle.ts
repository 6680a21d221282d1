import { unseenFunctions } from '../../harness/sql/inside-functions.ts';
import { type ConformingStrings, type Shape, shapeOf } from '../../harness/sql/shape.ts';
import { allStatements, placesOf } from '../../harness/sql/statement-evidence.ts';
import { twinsOf } from '../../harness/sql/twins.ts';
import type { Exchange } from '../../harness/visit.ts';
import type { Door } from './doors.ts';
import type { Stage } from './stage.ts';

/** How an attack got through. `statement` counts in `allStatements`. */
export type Breach =
  | { readonly kind: 'data-changed' }
  | { readonly kind: 'secret-shown'; readonly secret: string }
  | { readonly kind: 'foreign-rows'; readonly strangers: readonly string[] }
  | {
      readonly kind: 'statement-changed';
      readonly statement: number;
      readonly twin: Exchange;
      readonly sent: string;
    }
  | { readonly kind: 'syntax-error'; readonly statement: number };

export interface Attempt {
  readonly input: string;
  readonly hostile: Exchange;
  readonly breaches: readonly Breach[];
}

/**
 * Sends a hostile input and looks at what it did. Data must be as before, and nobody be listed but whom the harmless twin
 * lists too. Then the statements on the wire: an input that is in none of their texts went as a value. One that is in a
 * text must leave the statement the tree that it has with a harmless twin in its place, by PostgreSQL's own grammar.
 * An error of syntax without the input in sight comes from SQL that is put together inside the database.
 * The costly comparisons are left out for the kinds of breach that are `known`.
 */
export async function attempt(
  stage: Stage,
  door: Door,
  input: string,
  conforming: ConformingStrings,
  known: ReadonlySet<Breach['kind']>,
): Promise<Attempt> {
  const hostile = await door.send(input);
  if (stage.areFunctionsDynamic && !hostile.statements.some(({ nested }) => nested !== undefined))
    throw unseenFunctions();
  const breaches: Breach[] = [];
  if (input.includes(stage.canary.table) && (await stage.canary.wasChanged()))
    breaches.push({ kind: 'data-changed' });
  const secret = stage.secretIn(hostile);
  if (secret !== null) breaches.push({ kind: 'secret-shown', secret });
  const twins = twinSender(door, input, stage.marker);
  const strangers = known.has('foreign-rows') ? [] : await strangersIn(hostile, door, twins);
  if (strangers.length > 0) breaches.push({ kind: 'foreign-rows', strangers });
  const broken = known.has('statement-changed')
    ? null
    : await brokenStatement(hostile, stage.marker, conforming, twins);
  if (broken !== null) breaches.push(broken);
  return { input, hostile, breaches };
}

interface Twin {
  readonly sent: string;
  readonly exchange: Exchange;
}

/** Sends each harmless twin when it is first asked for. */
function twinSender(door: Door, input: string, marker: string): (index: number) => Promise<Twin | null> {
  const inputs = [...new Set(twinsOf(input, marker))];
  const sent = new Map<number, Promise<Twin>>();
  return async (index) => {
    const twin = inputs[index];
    if (twin === undefined) return null;
    const sending = sent.get(index) ?? door.send(twin).then((exchange) => ({ sent: twin, exchange }));
    sent.set(index, sending);
    return sending;
  };
}

async function strangersIn(
  hostile: Exchange,
  door: Door,
  twins: (index: number) => Promise<Twin | null>,
): Promise<readonly string[]> {
  const listed = door.listed(hostile);
  if (listed.length === 0) return [];
  const strangers = listed.filter((key) => !door.mayList(key));
  if (strangers.length > 0) return strangers;
  const twin = await twins(0);
  const harmless = new Set(twin === null ? [] : door.listed(twin.exchange));
  return listed.filter((key) => !harmless.has(key));
}

async function brokenStatement(
  hostile: Exchange,
  marker: string,
  conforming: ConformingStrings,
  twins: (index: number) => Promise<Twin | null>,
): Promise<Breach | null> {
  const statements = allStatements(hostile.statements);
  const holding = statements.flatMap(({ sql }, index) => (holds(sql, marker) ? [index] : []));
  if (holding.length === 0) return hiddenError(hostile, conforming, twins);

  const unlike = (twin: Twin, index: number): boolean => {
    const own = shapeOf(statements[index]?.sql ?? '', marker, conforming);
    const theirs = allStatements(twin.exchange.statements)
      .filter(({ sql }) => holds(sql, marker))
      .map(({ sql }) => shapeOf(sql, marker, conforming));
    return !theirs.some((shape) => isSame(own, shape, conforming));
  };
  let left: readonly number[] = holding;
  let first: Twin | null = null;
  for (let index = 0; left.length > 0; index += 1) {
    const twin = await twins(index);
    if (twin === null) break;
    first ??= twin;
    left = left.filter((statement) => unlike(twin, statement));
  }
  const [statement] = left;
  return statement === undefined || first === null
    ? null
    : { kind: 'statement-changed', statement, twin: first.exchange, sent: first.sent };
}

/**
 * Text that is no SQL is the input's work. Not so where the setting was changed under a right statement, such as
 * one that ends in ESCAPE '\': then no input can be read, and none can do harm.
 */
function isSame(own: Shape, twin: Shape, conforming: ConformingStrings): boolean {
  if (own.kind === 'unparsable') return conforming === 'off' && twin.kind === 'unparsable';
  return twin.kind === 'tree' && own.key === twin.key;
}

async function hiddenError(
  hostile: Exchange,
  conforming: ConformingStrings,
  twins: (index: number) => Promise<Twin | null>,
): Promise<Breach | null> {
  const statement = syntaxErrorIn(hostile);
  if (statement < 0) return null;
  const twin = conforming === 'off' ? await twins(0) : null;
  return twin !== null && syntaxErrorIn(twin.exchange) >= 0 ? null : { kind: 'syntax-error', statement };
}

/** A text-search query has a syntax of its own and the same SQLSTATE; to break that one is no injection. */
const syntaxErrorIn = ({ statements }: Exchange) =>
  allStatements(statements).findIndex(
    ({ error }) => error?.code === '42601' && !/tsquery/i.test(error.message),
  );

const holds = (sql: string, marker: string) => placesOf(sql, { text: marker, marker }).length > 0;
