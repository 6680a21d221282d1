import type { Evidence, Reported, Run } from '../../harness/run.ts';
import { type ConformingStrings, shapeOf } from '../../harness/sql/shape.ts';
import { allStatements, placesOf, statementEvidence } from '../../harness/sql/statement-evidence.ts';
import type { Exchange } from '../../harness/visit.ts';
import { answerOf, listed } from './answer.ts';
import type { Door } from './doors.ts';
import type { Attempt, Breach } from './oracle.ts';
import { placeOf } from './place.ts';

/** What a breach is called, told and shown as. */
export function findingOf(
  run: Run,
  door: Door,
  { input, hostile }: Attempt,
  breach: Breach,
  marker: string,
  conforming: ConformingStrings,
): Reported {
  const proof = statementsOf(hostile, door, input, marker);
  const told = tell(door, hostile, breach, conforming);
  return {
    ruleId: breach.kind === 'statement-changed' ? door.ruleId : `injection/${breach.kind}`,
    ...told,
    tried: `${conforming === 'off' ? OFF : ''}${door.tried(input, hostile)}`,
    location: placeOf(run, hostile, [input, marker]),
    evidence:
      breach.kind === 'statement-changed'
        ? [withTrees(proof, hostile, breach, marker, conforming)]
        : [proof, hostile.evidence()],
  };
}

/** A request's statements with the input lit wherever it stands in their text. */
export function statementsOf(hostile: Exchange, door: Door, input: string, marker: string) {
  const sought = { text: input, marker, label: door.input };
  return statementEvidence(`${hostile.method} ${hostile.path}`, allStatements(hostile.statements), sought);
}

type Told = Pick<Reported, 'message' | 'expected' | 'observed' | 'why'>;

function tell(door: Door, hostile: Exchange, breach: Breach, conforming: ConformingStrings): Told {
  switch (breach.kind) {
    case 'data-changed':
      return {
        message: `What was sent as the ${door.input} changed a table that the page has nothing to do with.`,
        expected: 'Nothing in the database changes when somebody searches or exports.',
        observed: `The input held an UPDATE, and PostgreSQL ran it. ${answerOf(hostile)}`,
        why: WHY_WRITE,
      };
    case 'secret-shown':
      return {
        message: `What was sent as the ${door.input} made the clinic show ${breach.secret}.`,
        expected: 'No answer holds anything but patients of the doctor’s facilities.',
        observed: `${answerOf(hostile)} The answer holds ${breach.secret}.`,
        why: WHY_READ,
      };
    case 'foreign-rows':
      return {
        message: `What was sent as the ${door.input} brought up patients that an ordinary text in its place does not.`,
        expected: 'The same patients as for a text of letters, and only those whom the doctor may see.',
        observed: `Besides, there came: ${listed(breach.strangers)}.`,
        why: WHY_READ,
      };
    case 'syntax-error':
      return {
        message: `The ${door.input} is put into SQL inside the database: one that is no SQL makes a syntax error there.`,
        expected: 'PostgreSQL finds the same statement to read, whatever is sent.',
        observed: answerOf(hostile),
        why: WHY_FUNCTION,
      };
    case 'statement-changed':
      return {
        message: `The ${door.input} is part of a statement's text, and PostgreSQL reads it as SQL.`,
        expected:
          'The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.',
        observed: readAs(hostile, breach, conforming),
        why: conforming === 'off' ? WHY_BACKSLASH : WHY_TEXT,
      };
    default:
      return breach satisfies never;
  }
}

function readAs(hostile: Exchange, { statement }: Changed, conforming: ConformingStrings): string {
  const { sql = '', error = null } = allStatements(hostile.statements)[statement] ?? {};
  const shape = shapeOf(sql, sql, conforming);
  const sent = `PostgreSQL was sent: ${cut(sql, LONGEST_SQL)}`;
  if (error !== null) return `${sent} It answered: ${error.message} (SQLSTATE ${error.code}).`;
  return shape.kind === 'unparsable' ? `${sent} That is no statement: ${shape.message}.` : sent;
}

/** The trees of the statement that carries the input, in its text or beside it, and of the twin's. */
export function besideTwin(
  proof: Statements,
  hostile: Exchange,
  twin: Exchange,
  marker: string,
  conforming: ConformingStrings,
): Evidence {
  const statement = carrierIn(hostile, marker);
  return statement < 0 ? proof : withTrees(proof, hostile, { statement, twin }, marker, conforming);
}

function withTrees(
  proof: Statements,
  hostile: Exchange,
  { statement, twin }: Pick<Changed, 'statement' | 'twin'>,
  marker: string,
  conforming: ConformingStrings,
): Evidence {
  const outlineOf = (sql: string | undefined) => {
    if (sql === undefined) return '';
    const shape = shapeOf(sql, marker, conforming);
    return shape.kind === 'tree' ? shape.outline() : `not a statement: ${shape.message}`;
  };
  const own = allStatements(hostile.statements)[statement]?.sql;
  const beside = allStatements(twin.statements)[carrierIn(twin, marker)]?.sql;
  return { ...proof, trees: [{ statement, tree: outlineOf(own), twin: outlineOf(beside) }] };
}

/** The first statement with the marker in its text, else the first that has it as a value; -1 for none. */
function carrierIn({ statements }: Exchange, marker: string): number {
  const all = allStatements(statements);
  const holds = (text: string | null) => placesOf(text ?? '', { text: marker, marker }).length > 0;
  const inText = all.findIndex(({ sql }) => holds(sql));
  return inText >= 0 ? inText : all.findIndex(({ parameters }) => parameters.some(holds));
}

type Statements = Extract<Evidence, { kind: 'statements' }>;
type Changed = Extract<Breach, { kind: 'statement-changed' }>;

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text);

const LONGEST_SQL = 700;
const OFF = 'With standard_conforming_strings off: ';
const WHY_TEXT =
  'Whoever decides what the statement says decides what it does: list another facility, show the password hashes, change records.';
const WHY_READ =
  'Health records and passwords are what a clinic must not give away. Here every doctor gets them, of every facility.';
const WHY_WRITE =
  'What can be read can be taken; what can be written can also kill. A changed diagnosis looks like any other.';
const WHY_FUNCTION =
  'A function that puts texts together and runs them with EXECUTE has the same flaw as the page that calls it.';
const WHY_BACKSLASH =
  "Whether \\' ends a text depends on a setting of the server. Code that escapes by hand is right for one value of it and wrong for the other.";
