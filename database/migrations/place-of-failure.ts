import { parse } from 'libpg-query';
import { type Place, placeOfByte, placeOfCharacter } from './position.ts';

/**
 * Where a script failed: at the position that the server names, or else (a row that breaks a constraint has none) at
 * the beginning of the statement that was running.
 */
export async function placeOfFailure(
  sql: string,
  failure: { position?: number; completed: number },
): Promise<Place> {
  if (failure.position !== undefined) return placeOfCharacter(sql, failure.position);
  const starts = await statementStarts(sql);
  return placeOfByte(sql, starts[failure.completed] ?? starts.at(-1) ?? 0);
}

/** Offsets in bytes. The server has read these statements already, so its parser reads them here too. */
async function statementStarts(sql: string): Promise<readonly number[]> {
  try {
    const { stmts = [] } = (await parse(sql)) as { stmts?: readonly { stmt_location?: number }[] };
    return stmts.map(({ stmt_location: start = 0 }) => start);
  } catch {
    return [];
  }
}
