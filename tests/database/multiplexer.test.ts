import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type pg from 'pg';
import { openPlace, type OpenedPlace } from './conformance/place.ts';

/** An hour's use is some 100,000 (SECOND_OPINION_QUERIES): a save every half minute, with 800 statements in its run. */
const QUERIES = Number(process.env['SECOND_OPINION_QUERIES'] ?? 10_000);
const CLIENTS = 10;
/** Every so many queries one has a parameter of 300 KB. */
const LARGE_EVERY = 20;
const LARGE = 300_000;
const REPORTS = 20;

let opened: OpenedPlace;
beforeAll(async () => void (opened = await openPlace('embedded')));
afterAll(() => opened.close());

it(
  'gives each of ten clients its own rows, with large parameters and transactions between them, in a memory that does not grow',
  async () => {
    const { place } = opened;
    await place.database.query('CREATE TABLE marks (client int, mark text)');
    await place.database.query('GRANT ALL ON marks TO PUBLIC');
    const texts = Array.from({ length: 4 }, () => randomBytes(LARGE / 2).toString('hex'));
    const digests = texts.map((text) => createHash('md5').update(text).digest('hex'));
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => place.client({ application_name: `client ${i % 5 === 0}` })),
    );
    const memory: number[] = [];
    let asked = 0;

    const ask = async (client: pg.Client, me: number) => {
      while (asked < QUERIES) {
        const number = (asked += 1);
        if (number % Math.ceil(QUERIES / REPORTS) === 0) memory.push(await megabytesOfEngine());
        if (number % LARGE_EVERY === 0) {
          const which = (number / LARGE_EVERY) % texts.length;
          const sql =
            "SELECT $1::int AS number, md5($2) AS digest, $2 AS text, current_setting('application_name') AS name";
          const [row] = (await client.query(sql, [number, texts[which]])).rows;
          const isWhole = row?.text === texts[which];
          expect({ ...row, text: isWhole }).toEqual({
            ...{ number, digest: digests[which], text: true, name: `client ${me % 5 === 0}` },
          });
        } else if (number % 37 === 0) {
          await client.query('BEGIN');
          await client.query('INSERT INTO marks VALUES ($1, $2)', [me, `mark ${number}`]);
          const mine = 'SELECT mark FROM marks WHERE client = $1';
          expect((await client.query(mine, [me])).rows).toEqual([{ mark: `mark ${number}` }]);
          await client.query('ROLLBACK');
        } else {
          const named = { name: 'same', text: `SELECT $1::int AS number, ${me} AS me`, values: [number] };
          expect((await client.query(named)).rows).toEqual([{ number, me }]);
        }
      }
    };
    await Promise.all(clients.map(ask));
    expect((await place.database.query('SELECT FROM marks')).rows).toHaveLength(0);

    const [settled = 0, last = 0] = [memory[REPORTS / 4], memory.at(-1)];
    if (process.env['SECOND_OPINION_QUERIES'] !== undefined)
      console.log(`MB after each ${QUERIES / REPORTS}: ${memory.join(' ')}`);
    expect(last - settled, `MB: ${memory.join(' ')}`).toBeLessThan(GROWTH);
  },
  120_000 + QUERIES * 20,
);

/** Of its process, as it stands in the memory; 0 on a system without /proc. */
async function megabytesOfEngine(): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [status, command] = await Promise.all([read('status'), read('cmdline')]);
    const isMine = Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]) === process.pid;
    if (isMine && command.includes('engines/embedded/main.ts'))
      return Math.round(Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]) / 1024);
  }
  return 0;
}

/** MB, after the first quarter. A query that left its parameter and its answer would add 450 for each 10,000. */
const GROWTH = 60;
