import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withEscapeStrings } from '../../../harness/sql/escape-strings.ts';
import { type RunningCluster, startCluster } from '../../database/running-cluster.ts';

let running: RunningCluster;
let on: pg.Client;
let off: pg.Client;

beforeAll(async () => {
  running = await startCluster();
  const database = await running.fresh();
  [on, off] = await Promise.all([database.asClinic(), database.asClinic()]);
  await off.query('SET standard_conforming_strings = off');
  await off.query('SET escape_string_warning = off');
});
afterAll(async () => {
  await Promise.all([on.end(), off.end()]);
  await running.close();
});

/** What the server answers, or why it does not, without the places that an E more moves. */
async function answer(client: pg.Client, sql: string): Promise<unknown> {
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

const bothAnswer = async (sql: string) =>
  [await answer(off, sql), await answer(on, withEscapeStrings(sql))] as const;

test.each([
  `SELECT 'a\\'b'`,
  `SELECT 'a\\\\', 'b'`,
  `SELECT 'a''b\\n'`,
  `SELECT 'a\\'`,
  `SELECT E'a\\'b', $$it's \\$$, $t$ $$ ' $t$`,
  `SELECT "?column?" FROM (SELECT 1) AS "x'y" ("?column?")`,
  `SELECT 1 -- don't\n, 'a\\'b'`,
  `SELECT /* don't */ 'a\\'b'`,
  `SELECT 'a'\n'\\'b'`,
  `SELECT 'x' LIKE'x', B'01', X'1F', name'a\\'b'`,
])('a server with the setting on reads %s as one with the setting off', async (sql) => {
  const [theirs, ours] = await bothAnswer(sql);
  expect(ours).toEqual(theirs);
});

test('so it is for any text that somebody may put between quotes', async () => {
  const piece = fc.constantFrom(
    'a',
    "'",
    "''",
    '\\',
    '\\\\',
    ' ',
    '--',
    '\n',
    '/*',
    '*/',
    '$$',
    '"',
    'E',
    '%',
    ' OR 1=1 ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const [theirs, ours] = await bothAnswer(`SELECT 'x${pieces.join('')}' AS a`);
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 400 },
  );
});
