import { spawnSync } from 'node:child_process';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, openCluster } from '../../database/cluster.ts';
import { administratorLogin, connect } from '../../database/connection.ts';
import { askAsClinic, type RunningCluster, startCluster } from './running-cluster.ts';

let running: RunningCluster;
let cluster: Cluster;
beforeAll(async () => {
  running = await startCluster();
  cluster = running.cluster;
});
afterAll(() => running.close());

describe('templates and clones', () => {
  it('a clone has what its template has, and a change in it stays in it', async () => {
    const template = await cluster.template('one row', async (database) => {
      await askAsClinic(database, 'CREATE TABLE rows (id integer); INSERT INTO rows VALUES (1)');
    });
    const [first, second] = [await cluster.clone(template, 'first'), await cluster.clone(template, 'second')];
    await askAsClinic(first, 'INSERT INTO rows VALUES (2)');
    expect((await first.query('SELECT count(*)::int AS n FROM rows')).rows).toEqual([{ n: 2 }]);
    expect((await second.query('SELECT count(*)::int AS n FROM rows')).rows).toEqual([{ n: 1 }]);
    await Promise.all([first.drop(), second.drop()]);
  });

  it('a key is built once, and another key apart from it', async () => {
    let built = 0;
    const build = async () => {
      built += 1;
    };
    const [a, again] = await Promise.all([cluster.template('once', build), cluster.template('once', build)]);
    const other = await cluster.template('other', build);
    expect({ built, same: a.name === again.name, apart: a.name !== other.name }).toEqual({
      built: 2,
      same: true,
      apart: true,
    });
  });

  it('a build that throws leaves nothing, and the next one is tried', async () => {
    const failing = cluster.template('failing', () => Promise.reject(new Error('not today')));
    await expect(failing).rejects.toThrow('not today');
    const template = await cluster.template('failing', async () => undefined);
    await (await cluster.clone(template, 'after')).drop();
  });

  it('two processes build a template once, and one that was killed in the middle is built anew', async () => {
    const hanging = program('builder-program.ts', 'hang');
    expect(await hanging.line()).toBe('building');
    await hanging.kill();

    const [one, two] = [program('builder-program.ts'), program('builder-program.ts')];
    const lines = [...(await one.rest()), ...(await two.rest())];
    expect(lines.filter((line) => line === 'building')).toHaveLength(1);
    expect(new Set(lines.filter((line) => line !== 'building')).size).toBe(1);
    const [name] = lines.filter((line) => line !== 'building');
    const left = await administrator('SELECT datname FROM pg_database WHERE datname = $1', [name]);
    expect(left).toEqual([{ datname: name }]);
  });

  it('a clone’s name says what it is for and who made it', async () => {
    const database = await running.fresh();
    expect(database.name).toMatch(new RegExp(`^second_opinion_fresh_${process.pid}_[0-9a-f]{8}$`));
    await database.drop();
    await database.drop();
  });
});

describe('the clinic’s role', () => {
  it('owns its database: it makes tables, schemas and trusted extensions, and alters what the template holds', async () => {
    const template = await cluster.template('altered', async (database) => {
      await askAsClinic(database, 'CREATE TABLE patients (id integer)');
    });
    const database = await cluster.clone(template, 'altered');
    const sql =
      'CREATE EXTENSION pg_trgm; CREATE SCHEMA mine; ALTER TABLE patients ADD name text; CREATE TABLE mine.t ()';
    await expect(askAsClinic(database, sql)).resolves.toBeDefined();
    await database.drop();
  });

  it('may do no more than that', async () => {
    const database = await running.fresh();
    const template = await cluster.template('empty', async () => undefined);
    const denied = { code: '42501' };
    await expect(askAsClinic(database, 'CREATE DATABASE stolen')).rejects.toMatchObject(denied);
    await expect(askAsClinic(database, 'CREATE ROLE friend')).rejects.toMatchObject(denied);
    await expect(askAsClinic(database, `DROP DATABASE ${template.name}`)).rejects.toMatchObject(denied);
    await expect(askAsClinic(database, 'DROP DATABASE postgres')).rejects.toMatchObject(denied);
    await expect(askAsClinic(database, "SELECT pg_read_file('postgresql.conf')")).rejects.toMatchObject(
      denied,
    );
    await expect(askAsClinic(database, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toMatchObject(denied);
    const { user, password } = { user: cluster.role.name, password: cluster.role.password };
    const elsewhere = connect(cluster.address, { user, password, database: 'postgres' });
    await expect(elsewhere).rejects.toMatchObject(denied);
    const guessed = connect(cluster.address, { user, password: 'guess', database: database.name });
    await expect(guessed).rejects.toMatchObject({ code: '28P01' });
    await database.drop();
  });

  it('works in UTC and is cut off after eight seconds', async () => {
    const database = await running.fresh();
    const { rows } = await askAsClinic(
      database,
      "SELECT current_setting('timezone') AS zone, current_setting('statement_timeout') AS limit",
    );
    expect(rows).toEqual([{ zone: 'UTC', limit: '8s' }]);
    await database.drop();
  });
});

describe('sweeping', () => {
  it('drops the clone of a process that was killed, keeps that of a living one, and touches nothing foreign', async () => {
    const [killed, living] = [program('owner-program.ts'), program('owner-program.ts')];
    const [abandoned, kept] = [await killed.line(), await living.line()];
    await killed.kill();
    await administrator('CREATE DATABASE second_opinion_of_the_learner');
    await administrator('CREATE DATABASE foreign_one');

    await ownersAre(2);
    expect(await cluster.sweep()).toBe(1);
    const names = (await administrator('SELECT datname FROM pg_database')).map((row) => row['datname']);
    expect(names).not.toContain(abandoned);
    expect(names).toEqual(expect.arrayContaining([kept, 'second_opinion_of_the_learner', 'foreign_one']));

    await living.kill();
    await ownersAre(1);
    expect(await cluster.sweep()).toBe(1);
    await administrator('DROP DATABASE second_opinion_of_the_learner');
    await administrator('DROP DATABASE foreign_one');
  });

  it('drops what a process made and was killed before it marked, on a server that is ours alone', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const halfMade = `second_opinion_judge_${dead}_0a1b2c3d`;
    const beingMade = `second_opinion_judge_${process.pid}_0a1b2c3d`;
    await administrator(`CREATE DATABASE ${halfMade}`);
    await administrator(`CREATE DATABASE ${beingMade}`);
    expect(await cluster.sweep()).toBe(1);
    const names = (await administrator('SELECT datname FROM pg_database')).map((row) => row['datname']);
    expect(names).toContain(beingMade);
    expect(names).not.toContain(halfMade);
    await administrator(`DROP DATABASE ${beingMade}`);
  });

  it('keeps the twelve templates that were used last', async () => {
    const before = await templates();
    for (let number = before.length; number < 14; number += 1)
      await cluster.template(`many ${number}`, async () => undefined);
    const dropped = await cluster.sweep();
    expect(dropped).toBe(Math.max(before.length, 14) - 12);
    expect(await templates()).toHaveLength(12);
  });

  it('a cluster that closes takes its clones with it', async () => {
    const other = await openCluster(cluster.address);
    const clone = await other.clone(await other.template('empty', async () => undefined), 'left');
    await other.close();
    expect(await administrator('SELECT 1 FROM pg_database WHERE datname = $1', [clone.name])).toEqual([]);
  });
});

const templates = () =>
  administrator("SELECT datname FROM pg_database WHERE datname LIKE 'second_opinion_template_%'");

async function administrator(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = await connect(cluster.address, administratorLogin(cluster.address));
  try {
    return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** The server ends a killed process's sessions as soon as it notices. */
async function ownersAre(count: number): Promise<void> {
  await administrator(
    `DO $$ BEGIN WHILE (SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'second opinion, owner %') > ${count}
       LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$`,
  );
}

function program(file: string, ...more: string[]) {
  const script = path.join(import.meta.dirname, file);
  const given = ['--import', 'tsx', script, JSON.stringify(cluster.address), ...more];
  const child: ChildProcess = spawn(process.execPath, given, { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output');
  const lines = createInterface({ input: child.stdout });
  const heard: string[] = [];
  lines.on('line', (line) => heard.push(line));
  const closed = Promise.all([once(child, 'close'), once(lines, 'close')]);
  return {
    async line() {
      if (heard.length === 0) await once(lines, 'line');
      return heard[0] ?? '';
    },
    async rest() {
      await closed;
      return heard;
    },
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
