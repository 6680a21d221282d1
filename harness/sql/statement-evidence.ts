import type { TappedStatement } from '../../database/tap.ts';
import type { Evidence, Statement } from '../../model/evidence.ts';

type Statements = Extract<Evidence, { kind: 'statements' }>;

/** An input that is looked for in the statements' texts, whole or, when only a part arrived, by its marker. */
export interface SoughtInput {
  readonly text: string;
  readonly marker: string;
  /** What the marked text is, for people: `the search's name`. */
  readonly label: string;
}

/** The statements of one request as evidence, with the input marked wherever it stands in their text or parameters. */
export function statementEvidence(
  request: string,
  statements: readonly TappedStatement[],
  sought?: SoughtInput,
): Statements {
  const first = statements[0]?.at ?? 0;
  return {
    kind: 'statements',
    request,
    statements: statements.map((statement) => plain(statement, first)),
    marks:
      sought === undefined
        ? []
        : statements.flatMap(({ sql, parameters }, statement) => [
            ...placesOf(sql, sought).map(([start, end]) => ({ statement, start, end, label: sought.label })),
            ...parameters.flatMap((value, parameter) =>
              placesOf(value ?? '', sought).map(([start, end]) => ({
                statement,
                parameter,
                start,
                end,
                label: sought.label,
              })),
            ),
          ]),
  };
}

/** The statements of a request and, behind each, those that ran inside its functions, where the server told of them. */
export function allStatements(statements: readonly TappedStatement[]): readonly TappedStatement[] {
  return statements.flatMap((statement) => [
    statement,
    ...(statement.nested ?? [])
      .filter((sql) => sql !== statement.sql)
      .map((sql) => ({ ...statement, sql, parameters: [], rows: 0 })),
  ]);
}

/** Where the input stands in a text, as offsets of its beginning and end. The case of letters does not count. */
export function placesOf(
  sql: string,
  { text, marker }: Pick<SoughtInput, 'text' | 'marker'>,
): readonly [number, number][] {
  const whole = occurrences(sql, text);
  return whole.length > 0 ? whole : occurrences(sql, marker);
}

function occurrences(sql: string, wanted: string): [number, number][] {
  const [text, part] = [sql.toLowerCase(), wanted.toLowerCase()];
  const found: [number, number][] = [];
  for (let at = text.indexOf(part); at >= 0 && part !== ''; at = text.indexOf(part, at + part.length))
    found.push([at, at + part.length]);
  return found;
}

function plain(statement: TappedStatement, first: number): Statement {
  const { sql, parameters, rows, milliseconds, at, error } = statement;
  return {
    sql,
    parameters: [...parameters],
    rows,
    milliseconds: round(milliseconds ?? 0),
    startedAt: round(at - first),
    error: error === null ? null : { code: error.code, message: error.message },
  };
}

const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;
