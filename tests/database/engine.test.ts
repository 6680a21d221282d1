import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { administratorLogin, connect } from '../../database/connection.ts';
import { type EngineAddress, startEngine } from '../../database/engine.ts';
import { createPrivateHome, exists, type PrivateHome, serversLeft } from './private-home.ts';
import { spawnUser } from './spawn-user.ts';

describe('the native engine', () => {
  let place: PrivateHome;
  beforeEach(async () => {
    place = await createPrivateHome();
  });
  afterEach(() => place.dispose());

  it('prepares itself at the first start, says so, and keeps its data for the next', async () => {
    const first = await start();
    expect(first.lines).toEqual(['Preparing PostgreSQL for the first time…']);
    expect(first.engine.address).toMatchObject({ kind: 'native', version: '18.4', ssl: false });
    await ask(first.engine.address, 'CREATE TABLE kept ()');
    await first.engine.close();
    expect(await serversLeft(place.home)).toEqual([]);

    const second = await start();
    expect(second.lines).toEqual([]);
    expect(await ask(second.engine.address, "SELECT to_regclass('kept') IS NOT NULL AS yes")).toEqual([
      { yes: true },
    ]);
    await second.engine.close();
  });

  it('works in UTC and UTF-8, folds every alphabet, and opens no port', async () => {
    const { engine } = await start();
    expect(engine.address.host).toMatch(/^\//);
    expect(
      await ask(
        engine.address,
        `SELECT current_setting('timezone') AS zone, current_setting('server_encoding') AS encoding, lower('ÄÖ') AS folded,
         current_setting('listen_addresses') AS listens, 'Müller' ~ '^\\w+$' AS word`,
      ),
    ).toEqual([{ zone: 'UTC', encoding: 'UTF8', folded: 'äö', listens: '', word: true }]);
    await engine.close();
  });

  it('is shared: the last process to close stops it', async () => {
    const mine = await start();
    const other = await spawnUser(place.home);
    expect(other.address).toEqual(mine.engine.address);

    await mine.engine.close();
    expect(await ask(other.address, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await other.close();
    expect(await serversLeft(place.home)).toEqual([]);
  });

  it('is prepared once when two processes start it at the same moment', async () => {
    const users = await Promise.all([spawnUser(place.home), spawnUser(place.home), spawnUser(place.home)]);
    expect(users.map((user) => user.lines.length).toSorted()).toEqual([0, 0, 1]);
    expect(new Set(users.map((user) => JSON.stringify(user.address))).size).toBe(1);
    await Promise.all(users.map((user) => user.close()));
  });

  it('outlives a killed process, is found by the next, and is stopped by it', async () => {
    const killed = await spawnUser(place.home);
    await killed.kill();
    const { engine, lines } = await start();
    expect(lines).toEqual([]);
    expect(engine.address).toEqual(killed.address);
    await engine.close();
  });

  it('is made anew after the server itself was killed', async () => {
    const { engine } = await start();
    process.kill(await serverPid(), 'SIGKILL');
    const next = await start();
    expect(next.lines).toEqual(['PostgreSQL was not stopped in order; preparing its data anew…']);
    expect(await ask(next.engine.address, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await engine.close();
    expect(
      await ask(next.engine.address, 'SELECT 1 AS one'),
      'the old handle must not stop the new server',
    ).toHaveLength(1);
    await next.engine.close();
  });

  it('does not believe a pid file whose number is now another process', async () => {
    await (await start()).engine.close();
    const pidFile = path.join(place.native, 'data', 'postmaster.pid');
    await writeFile(pidFile, [process.pid, '', '', 5432, place.native, '', '', 'ready', ''].join('\n'));
    const { engine, lines } = await start();
    expect(lines).toEqual(['PostgreSQL was not stopped in order; preparing its data anew…']);
    await engine.close();
  });

  it('makes data of another version, or data that the server refuses, anew', async () => {
    const data = path.join(place.native, 'data');
    await (await start()).engine.close();
    await writeFile(path.join(data, 'PG_VERSION'), '15\n');
    const updated = await start();
    expect(updated.lines).toEqual(['PostgreSQL was updated; preparing its data anew…']);
    await updated.engine.close();

    await rm(path.join(data, 'global'), { recursive: true });
    const repaired = await start();
    expect(repaired.lines).toEqual(['PostgreSQL was not stopped in order; preparing its data anew…']);
    await repaired.engine.close();
  });

  it('takes a lock away from a process that died with it', async () => {
    await (await start()).engine.close();
    const lock = path.join(place.native, 'lock');
    await writeFile(lock, JSON.stringify({ machine: 'somewhere else', pid: 1, started: '1' }));
    await (await start()).engine.close();
    expect(await exists(lock)).toBe(false);
  });

  it('refuses the clinic’s role without its password, and lets the administrator in by the private socket only', async () => {
    const { engine } = await start();
    await ask(engine.address, "CREATE ROLE visitor LOGIN PASSWORD 'secret'");
    const login = { user: 'visitor', password: 'wrong', database: 'postgres' };
    await expect(connect(engine.address, login)).rejects.toMatchObject({ code: '28P01' });
    await engine.close();
  });

  async function start() {
    const lines: string[] = [];
    const engine = await startEngine({
      home: place.home,
      force: 'native',
      onProgress: (line) => lines.push(line),
    });
    return { engine, lines };
  }

  async function serverPid(): Promise<number> {
    return Number.parseInt(await readFile(path.join(place.native, 'data', 'postmaster.pid'), 'utf8'), 10);
  }
});

describe('the ladder of engines', () => {
  it('has a rung for the embedded database, which says what to do instead where it can’t start either', async () => {
    const place = await createPrivateHome();
    // A socket's folder that can't be made is what stops it.
    const temporary = process.env['TMPDIR'];
    process.env['TMPDIR'] = path.join(place.home, 'missing');
    try {
      await expect(startEngine({ home: place.home, force: 'embedded' })).rejects.toMatchObject({
        code: 'ENGINE_UNAVAILABLE',
        remedy: 'Set DATABASE_URL to a PostgreSQL of your own (14 or newer) and start again.',
      });
    } finally {
      if (temporary === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = temporary;
      await place.dispose();
    }
  });

  it('works in a folder with spaces, commas and quotes that is too long for a socket, and leaves no socket folder', async () => {
    const place = await createPrivateHome(
      `it's a "long" folder, ${'with a name beyond the limit '.repeat(3)}`,
    );
    const engine = await startEngine({ home: place.home, force: 'native' });
    expect(engine.address.host.length).toBeLessThan(81);
    expect(engine.address.host.startsWith(place.home)).toBe(false);
    await engine.close();
    expect(await exists(engine.address.host)).toBe(false);
    await place.dispose();
  });

  it.runIf(process.getuid?.() === 0)(
    'goes elsewhere when root’s home is closed to the account it runs as',
    async () => {
      const place = await createPrivateHome();
      await chmod(path.dirname(place.home), 0o700);
      const engine = await startEngine({ home: place.home, force: 'native' });
      expect(engine.address.host.startsWith(place.home)).toBe(false);
      await engine.close();
      await rm(engine.address.host, { recursive: true });
      await place.dispose();
    },
  );
});

async function ask(address: EngineAddress, sql: string): Promise<readonly unknown[]> {
  const client = await connect(address, administratorLogin(address));
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
