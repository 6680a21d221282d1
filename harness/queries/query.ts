import { fingerprintSync, parseSync } from 'libpg-query';
import type { TappedStatement } from '../../database/tap.ts';
import { isNoise } from './noise.ts';
import { readTree } from './tree.ts';

/** One question that the clinic asked the database. */
export interface Query {
  /** Its own text, also where several were sent as one. */
  readonly sql: string;
  /** Equal for queries that differ in nothing but their constants, the length of a list of them included. */
  readonly fingerprint: string;
  /** Constants and parameters. Queries of one fingerprint and equal values are the same question. */
  readonly values: string;
  /** Tables and views that it reads or writes; own functions, too, as `name()`. Sorted. */
  readonly relations: readonly string[];
  readonly statement: TappedStatement;
}

/**
 * What was asked in an exchange, in its order: without settings, transactions and the other noise of a session, without
 * statements that failed, and a cursor read in several turns counted once. `ownFunctions`: names of functions that are not PostgreSQL's own.
 * `loadGrammar` must have resolved.
 */
export function queriesOf(
  statements: readonly TappedStatement[],
  ownFunctions: ReadonlySet<string>,
): readonly Query[] {
  return statements
    .filter((statement, i) => statement.error === null && !goesOn(statements.slice(0, i), statement))
    .flatMap((statement) => partsOf(statement, ownFunctions));
}

function partsOf(statement: TappedStatement, ownFunctions: ReadonlySet<string>): Query[] {
  const { sql, parameters } = statement;
  // The grammar has no word for it, and drivers send it to see whether somebody is there.
  if (sql.trim() === '') return [];
  try {
    const { stmts = [] } = parseSync(sql);
    return stmts.flatMap(({ stmt, stmt_location = 0, stmt_len }) => {
      const { kind, relations, functions, constants, schemas } = readTree(stmt);
      const own = functions.filter((name) => ownFunctions.has(name)).map((name) => `${name}()`);
      if (isNoise({ kind, relations, schemas, own })) return [];
      const text = piece(sql, stmt_location, stmt_len);
      return [
        {
          sql: text,
          fingerprint: fingerprintSync(text),
          values: JSON.stringify([constants, parameters]),
          relations: [...new Set([...relations, ...own])].sort(),
          statement,
        },
      ];
    });
  } catch {
    // The server took it, and this grammar does not: a later version, or text that was cut.
    return [{ sql, fingerprint: sql, values: JSON.stringify(parameters), relations: ['?'], statement }];
  }
}

/** A portal that was read in part is read on: the same statement again, on the same connection, with no end yet. */
function goesOn(before: readonly TappedStatement[], statement: TappedStatement): boolean {
  const last = before.findLast(({ connection }) => connection === statement.connection);
  return (
    last !== undefined &&
    statement.protocol === 'extended' &&
    last.tag === null &&
    last.error === null &&
    last.rows > 0 &&
    last.sql === statement.sql &&
    JSON.stringify(last.parameters) === JSON.stringify(statement.parameters)
  );
}

/** The parser counts bytes. */
function piece(sql: string, from: number, length: number | undefined): string {
  const bytes = Buffer.from(sql, 'utf8');
  return bytes
    .subarray(from, length === undefined || length === 0 ? undefined : from + length)
    .toString('utf8');
}
