import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkshopError } from '../../model/workshop-error.ts';
import { openCluster } from '../../database/cluster.ts';
import { administratorLogin, connect } from '../../database/connection.ts';
import { type EngineAddress, startEngine } from '../../database/engine.ts';
import { parseDatabaseUrl } from '../../database/engines/server/database-url.ts';
import { applyMigrations } from '../../database/migrations.ts';
import { openTap } from '../../database/tap.ts';
import { askAsClinic } from './running-cluster.ts';

describe('DATABASE_URL', () => {
  it('is read with its escapes, its defaults and a socket’s folder', () => {
    expect(
      parseDatabaseUrl('postgresql://u%40x:p%2Fw@db.example:5433/my%20db?sslmode=require'),
    ).toMatchObject({
      ...{ host: 'db.example', port: 5433, user: 'u@x', password: 'p/w', database: 'my db', ssl: true },
    });
    expect(parseDatabaseUrl('postgres://u@localhost')).toMatchObject({
      port: 5432,
      password: null,
      database: 'postgres',
    });
    expect(parseDatabaseUrl('postgres://u@/db?host=/run/pg')).toMatchObject({ host: '/run/pg', ssl: false });
  });

  it.each([
    'mysql://u@h/d',
    'nonsense',
    'postgres://h/d',
    'postgres://u:p%zz@h/d',
    'postgres://u:hidden@h/d?sslmode=verify-full',
  ])('is refused when it is %s, without being shown', (url) => {
    const refused = refusalOf(() => parseDatabaseUrl(url));
    expect(refused.code).toBe('DATABASE_URL_INVALID');
    expect(refused.message).not.toContain('hidden');
  });

  it('that leads nowhere is said with host and port and without the password', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    await new Promise((resolve) => listener.close(resolve));
    const refused = await startEngine({
      home: '/nowhere',
      databaseUrl: `postgres://u:hidden@127.0.0.1:${port}/d`,
    }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    expect(String(refused).replaceAll(String(port), 'PORT')).toMatchInlineSnapshot(
      `"WorkshopError: DATABASE_URL was tried at 127.0.0.1 port PORT as "u", and it could not be reached: connect ECONNREFUSED 127.0.0.1:PORT."`,
    );
  });
});

const given = process.env['TEST_DATABASE_URL'];
if (given === undefined) {
  console.log(
    'SKIPPED: the tests on a server of one’s own. Set TEST_DATABASE_URL to a superuser’s URL to run them.',
  );
}

describe.runIf(given !== undefined)('a server of the learner’s', () => {
  const superuser = given === undefined ? '' : given;
  let address: EngineAddress;
  beforeAll(async () => {
    address = (await startEngine({ home: '/nowhere', databaseUrl: superuser })).address;
    await ask("CREATE ROLE so_maker LOGIN CREATEDB CREATEROLE PASSWORD 'made'");
    await ask("CREATE ROLE so_nobody LOGIN PASSWORD 'none'");
    await ask("CREATE ROLE so_half LOGIN CREATEDB PASSWORD 'half'");
    await ask('CREATE DATABASE second_opinion_foreign');
  });
  afterAll(async () => {
    await ask('DROP DATABASE second_opinion_foreign');
    const ours = await ask(
      "SELECT datname FROM pg_database WHERE datname LIKE 'second\\_opinion\\_template\\_%'",
    );
    for (const { datname } of ours) await ask(`DROP DATABASE ${String(datname)}`);
    const roles = await ask(
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'second\\_opinion\\_clinic\\_%'",
    );
    for (const { rolname } of roles) await ask(`DROP ROLE ${String(rolname)}`);
    await ask('DROP ROLE so_maker, so_nobody, so_half');
  });

  it.each([
    ['so_maker', 'made'],
    ['', ''],
  ])('serves clones to the clinic by way of a tap (as %s)', async (user, password) => {
    const engine = await startEngine({
      home: '/nowhere',
      databaseUrl: user === '' ? superuser : urlOf(user, password),
    });
    const cluster = await openCluster(engine.address);
    const template = await cluster.template('served', (database) =>
      applyMigrations(database, [{ path: 'a.sql', sql: 'CREATE TABLE a (x int); INSERT INTO a VALUES (1)' }]),
    );
    const clone = await cluster.clone(template, 'served');
    const tap = await openTap(clone.target);
    await askAsClinic(clone, 'ALTER TABLE a ADD y int; CREATE SCHEMA mine; CREATE EXTENSION pg_trgm');
    await expect(askAsClinic(clone, 'CREATE DATABASE stolen')).rejects.toMatchObject({ code: '42501' });
    const order = await clone.query(
      "SELECT string_agg(t, '' ORDER BY t) AS sorted FROM unnest('{b,a,B,A}'::text[]) t",
    );
    expect(order.rows).toEqual([{ sorted: 'ABab' }]);
    expect(await cluster.sweep()).toBe(0);
    await tap.close();
    await cluster.close();
    await engine.close();
    expect(await ask('SELECT 1 FROM pg_database WHERE datname = $1', [clone.name])).toEqual([]);
    expect(await ask("SELECT 1 FROM pg_database WHERE datname = 'second_opinion_foreign'")).toHaveLength(1);
  });

  it.each([
    ['so_nobody', 'none', 'DATABASE_NO_CREATEDB', 'ALTER ROLE "so_nobody" CREATEDB CREATEROLE;'],
    ['so_half', 'half', 'DATABASE_NO_CREATEROLE', 'ALTER ROLE "so_half" CREATEROLE;'],
    ['so_maker', 'wrong', 'DATABASE_PASSWORD_REFUSED', 'Correct the password in DATABASE_URL'],
  ])('refuses %s with the password "%s" as %s', async (user, password, code, remedy) => {
    const refused = startEngine({ home: '/nowhere', databaseUrl: urlOf(user, password) });
    await expect(refused).rejects.toMatchObject({ code, remedy: expect.stringContaining(remedy) as string });
  });

  it('refuses a database that does not exist', async () => {
    const url = new URL(superuser);
    url.pathname = '/so_missing';
    const refused = startEngine({ home: '/nowhere', databaseUrl: url.href });
    await expect(refused).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
  });

  function urlOf(user: string, password: string): string {
    const url = new URL(superuser);
    url.username = user;
    url.password = password;
    return url.href;
  }

  async function ask(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = await connect(address, administratorLogin(address));
    try {
      return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }
});

function refusalOf(attempt: () => unknown): WorkshopError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof WorkshopError) return error;
  }
  throw new Error('expected a refusal');
}
