import { once } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Cluster, type Database, openCluster } from '../../database/cluster.ts';
import { type Engine, startEngine } from '../../database/engine.ts';
import { openTap, type Tap } from '../../database/tap.ts';
import { createPrivateHome, type PrivateHome } from './private-home.ts';

let place: PrivateHome;
let engine: Engine;
let cluster: Cluster;
let database: Database;
let tap: Tap;

beforeAll(async () => {
  place = await createPrivateHome();
  engine = await startEngine({ home: place.home, force: 'native' });
  cluster = await openCluster(engine.address);
});
beforeEach(async () => {
  database = await cluster.clone(await cluster.template('empty', async () => {}), 'configure');
  tap = await openTap(database.target);
});
afterEach(async () => {
  await tap.close();
  await database.drop();
});
afterAll(async () => {
  await cluster.close();
  await engine.close();
  await place.dispose();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: tap.url });
  await client.connect();
  return client;
}

const setting = async (client: pg.Client) =>
  (await client.query<{ standard_conforming_strings: string }>('SHOW standard_conforming_strings')).rows[0]
    ?.standard_conforming_strings;

test('a setting reaches sessions that are open and sessions that come later', async () => {
  const open = await connect();
  expect(await setting(open)).toBe('on');
  await tap.configure('standard_conforming_strings', 'off');
  const later = await connect();
  expect([await setting(open), await setting(later)]).toEqual(['off', 'off']);
  await tap.configure('standard_conforming_strings', 'on');
  expect([await setting(open), await setting(later)]).toEqual(['on', 'on']);
  await Promise.all([open.end(), later.end()]);
});

test('the client and the record see nothing of it but the parameter that changed', async () => {
  const client = await connect();
  const heard: string[] = [];
  client.on('notice', ({ message }) => heard.push(message ?? ''));
  (client as unknown as { connection: NodeJS.EventEmitter }).connection.on(
    'parameterStatus',
    (status: { parameterName: string; parameterValue: string }) =>
      heard.push(`${status.parameterName}=${status.parameterValue}`),
  );
  tap.take();
  await tap.configure('standard_conforming_strings', 'off');
  await client.query('SELECT 1');
  await tap.idle();
  expect(heard).toEqual(['standard_conforming_strings=off']);
  expect(tap.take().map(({ sql }) => sql)).toEqual(['SELECT 1']);
  expect(tap.fault).toBeNull();
  await client.end();
});

test('a session that is busy is asked when its statement has ended, and what it sends meanwhile is kept', async () => {
  const client = await connect();
  const heard: string[] = [];
  client.on('notice', ({ message }) => heard.push(message ?? ''));
  const begun = once(client, 'notice');
  const busy = client.query(
    `DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_sleep(0.05); RAISE NOTICE '%', current_setting('standard_conforming_strings'); END $$`,
  );
  await begun;
  await Promise.all([busy, tap.configure('standard_conforming_strings', 'off')]);
  expect(heard).toEqual(['begun', 'on']);
  const many = await Promise.all([setting(client), setting(client), setting(client)]);
  expect(many).toEqual(['off', 'off', 'off']);
  await client.end();
});

test('what the server refuses is said, and the session lives on', async () => {
  const client = await connect();
  await expect(tap.configure('no_such_setting', 'off')).rejects.toThrow(
    'the server refused SET no_such_setting',
  );
  await expect(tap.configure("x'; DROP", 'off')).rejects.toThrow('no plain setting');
  expect(await setting(client)).toBe('on');
  await client.end();
});
