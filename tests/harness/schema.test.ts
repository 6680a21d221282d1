import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bestRoute } from '../../harness/schema/best-route.ts';
import { isReference, readSchema, type Schema } from '../../harness/schema/catalogue.ts';
import { follow, inWords, routesBetween } from '../../harness/schema/routes.ts';
import { schemaEvidence } from '../../harness/schema/schema-evidence.ts';
import { countEach, deleteRow, openTrials, overwrite } from '../../harness/schema/trials.ts';
import type { Database } from '../../database/cluster.ts';
import { askAsClinic, type RunningCluster, startCluster } from '../database/running-cluster.ts';

let running: RunningCluster;
let database: Database;
let schema: Schema;

beforeAll(async () => {
  running = await startCluster();
  database = await running.fresh();
  await askAsClinic(database, TABLES);
  schema = await readSchema(database);
}, 60_000);
afterAll(() => running.close());

const tableOf = (name: string) => {
  const found = schema.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name} among ${schema.map((t) => t.name).join(', ')}`);
  return found;
};

describe('the catalogue', () => {
  test('tables of all schemas are read, partitioned ones once, views not at all', () => {
    expect(schema.map(({ name }) => name)).toEqual(['other.person', 'house', 'stay', 'visit']);
    expect(tableOf('visit').rows).toHaveLength(2);
  });

  test('values are read in the spelling of the server, whatever their type', () => {
    const [house] = tableOf('house').rows;
    expect(house?.values).toMatchObject({ id: '1', name: 'Mill "House"', kind: 'big', tags: '{a,b}' });
    expect(tableOf('house').columns.map(({ kind }) => kind)).toEqual([
      'number',
      'text',
      'text',
      'list',
      'number',
    ]);
  });

  test('a foreign key says whether it is enforced, and a key on a partitioned table is one key', () => {
    const keys = schema.flatMap((table) => table.foreignKeys);
    expect(keys.map((key) => [key.from.name, key.to.name, key.onDelete, key.isEnforced])).toEqual([
      ['house', 'house', 'no action', false],
      ['stay', 'house', 'cascade', true],
      ['stay', 'other.person', 'no action', true],
      ['visit', 'house', 'no action', true],
    ]);
    expect(isReference(tableOf('stay'), 'house')).toBe(true);
    expect(isReference(tableOf('stay'), 'since')).toBe(false);
  });

  test('evidence carries keys and suspicions', () => {
    const evidence = schemaEvidence(schema, (table, column) =>
      table.name === 'stay' && column === 'since' ? 'old' : undefined,
    );
    expect(evidence).toMatchObject({
      kind: 'schema',
      relations: [{ from: 'house' }, { from: 'stay' }, {}, {}],
    });
    expect(JSON.stringify(evidence)).toContain('"suspicion":"old"');
  });
});

describe('routes', () => {
  test('they lead over link tables, in both directions, and are told in words', () => {
    const [route = []] = routesBetween(tableOf('other.person'), tableOf('house'));
    expect(inWords(tableOf('other.person'), route)).toBe('other.person ← stay → house');
    const [ann, bob] = tableOf('other.person').rows;
    const names = (row: typeof ann) =>
      row === undefined ? [] : follow([row], route).map((end) => end.values['name']);
    expect(names(ann)).toEqual(['Mill "House"']);
    expect(names(bob)).toEqual([]);
  });

  test('no route meets a table twice, and none leads from a table to itself', () => {
    expect(routesBetween(tableOf('house'), tableOf('house'))).toEqual([]);
    expect(routesBetween(tableOf('house'), tableOf('other.person'), 1)).toEqual([]);
  });

  test('the route that explains the records is chosen, and avoided tables are not walked over', () => {
    const [from, house] = [tableOf('other.person'), tableOf('house')];
    const targets = [{ table: house, title: 'house', labelOf: () => 'x' }];
    const rows = from.rows.map((row) => ({
      row,
      fits: (labels: readonly string[]) =>
        row.values['name'] === 'Ann' ? labels[0] === 'x' : labels.length === 0,
    }));
    expect(bestRoute(from, targets, rows)?.hits).toBe(2);
    expect(bestRoute(from, targets, rows, [tableOf('stay')])).toBeNull();
  });
});

describe('trials', () => {
  test('what is tried is taken back, accepted or refused', async () => {
    const trials = await openTrials(database);
    const [house] = tableOf('house').rows;
    const [stay] = tableOf('stay').rows;
    if (house === undefined || stay === undefined) throw new Error('rows are there');
    const deleted = await trials.attempt(async (client) => {
      await client.query('DELETE FROM visit');
      await deleteRow(client, tableOf('house'), house);
      return countEach(client, [tableOf('house'), tableOf('stay')]);
    });
    expect(deleted).toEqual({ outcome: 'accepted', answer: [0, 0] });
    const orphan = await trials.attempt((client) =>
      overwrite(client, tableOf('stay'), stay, { house: '77' }),
    );
    expect(orphan).toMatchObject({ outcome: 'refused', code: '23503' });
    const after = await trials.attempt((client) => countEach(client, [tableOf('house'), tableOf('stay')]));
    expect(after).toEqual({ outcome: 'accepted', answer: [1, 1] });
    await trials.close();
  });

  test('a trigger of the learner sleeps while a value is tried, and wakes again', async () => {
    const trials = await openTrials(database);
    const [person] = tableOf('other.person').rows;
    if (person === undefined) throw new Error('a person is there');
    const tried = await trials.attempt((client) =>
      overwrite(client, tableOf('other.person'), person, { name: 'Zed' }),
    );
    expect(tried.outcome).toBe('accepted');
    await trials.close();
    await expect(askAsClinic(database, "UPDATE other.person SET name = 'Zed'")).rejects.toThrow('never');
  });
});

const TABLES = `
  CREATE TYPE size AS ENUM ('big', 'small');
  CREATE TABLE house (id integer PRIMARY KEY, name text NOT NULL, kind size, tags text[]);
  CREATE SCHEMA other;
  CREATE TABLE other.person (key uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text);
  CREATE TABLE stay (person uuid REFERENCES other.person, house integer REFERENCES house ON DELETE CASCADE, since date);
  CREATE TABLE visit (house bigint, day date) PARTITION BY RANGE (day);
  CREATE TABLE visit_old PARTITION OF visit FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
  CREATE TABLE visit_new PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO (MAXVALUE);
  INSERT INTO house VALUES (1, 'Mill "House"', 'big', '{a,b}');
  INSERT INTO other.person (name) VALUES ('Ann'), ('Bob');
  INSERT INTO stay SELECT key, 1, '2020-02-02' FROM other.person WHERE name = 'Ann';
  INSERT INTO visit VALUES (1, '2019-01-01'), (1, '2021-01-01');
  ALTER TABLE visit ADD FOREIGN KEY (house) REFERENCES house;
  ALTER TABLE house ADD next integer;
  ALTER TABLE house ADD CONSTRAINT loose FOREIGN KEY (next) REFERENCES house NOT VALID;
  CREATE VIEW people AS SELECT name FROM other.person;
  CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never'; END $$;
  CREATE TRIGGER never BEFORE UPDATE ON other.person FOR EACH ROW EXECUTE FUNCTION never();`;
