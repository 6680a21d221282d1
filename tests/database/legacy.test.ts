import { scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LegacyData, loadLegacy, parseLegacyData } from '../../database/legacy.ts';
import { askAsClinic, type RunningCluster, startCluster } from './running-cluster.ts';

const FIXTURES = path.join(import.meta.dirname, '..', '..', 'fixtures');
const NOTHING: LegacyData = { facilities: [], doctors: [], facility_doctors: [], patients: [], notes: [] };

let running: RunningCluster;
let schema: string;
beforeAll(async () => {
  running = await startCluster();
  schema = await readFile(path.join(FIXTURES, 'legacy-schema.sql'), 'utf8');
});
afterAll(() => running.close());

it('loads the fixture whole, and new records get the ids after it', async () => {
  const data = parseLegacyData(JSON.parse(await readFile(path.join(FIXTURES, 'sample-data.json'), 'utf8')));
  const database = await running.fresh();
  await loadLegacy(database, { schema, data });
  for (const table of ['facilities', 'doctors', 'facility_doctors', 'patients', 'notes'] as const) {
    const { rows } = await database.query(`SELECT count(*)::int AS n FROM ${table}`);
    expect({ table, rows }).toEqual({ table, rows: [{ n: data[table].length }] });
  }
  const { rows } = await askAsClinic(
    database,
    "INSERT INTO patients (name, birth_date) VALUES ('New', '2000-01-01') RETURNING id > (SELECT max(id) FROM patients) AS later",
  );
  expect(rows).toEqual([{ later: true }]);
  await database.drop();
});

it('gives missing ids, times and passwords, and keeps what is given to the letter', async () => {
  const database = await running.fresh();
  const patient = { name: "O'Hara \\ 😀", birth_date: '1980-02-29', diagnoses: 'a; b' };
  const doctor = { name: 'D', email: 'd@clinic.example', specialty: 's' };
  const data = parseLegacyData({
    ...NOTHING,
    doctors: [doctor],
    patients: [{ ...patient, id: 7 }, patient],
    notes: [{ patient_name: patient.name, body: 'x' }],
  });
  await loadLegacy(database, { schema, data });
  const loaded = await database.query(
    'SELECT id, name, birth_date::text, diagnoses FROM patients ORDER BY id',
  );
  expect(loaded.rows).toEqual([
    { id: 7, ...patient },
    { id: 8, ...patient },
  ]);
  expect(
    (await database.query("SELECT created_at > now() - interval '1 minute' AS fresh FROM notes")).rows,
  ).toEqual([{ fresh: true }]);
  const { rows } = await database.query<{ password_hash: string }>('SELECT password_hash FROM doctors');
  const [method, cost, salt = '', hash] = (rows[0]?.password_hash ?? '').split('$');
  const expected = scryptSync('second-opinion', Buffer.from(salt, 'hex'), 32, { N: Number(cost) }).toString(
    'hex',
  );
  expect([method, hash]).toEqual(['scrypt', expected]);
  await database.drop();
});

it('loads all or nothing', async () => {
  const database = await running.fresh();
  const broken = {
    ...NOTHING,
    facilities: [{ name: 'F', address: 'a', phone: '1' }],
    facility_doctors: [{ facility_id: 1, doctor_id: 9 }],
  };
  await expect(loadLegacy(database, { schema, data: broken })).rejects.toMatchObject({ code: '23503' });
  expect((await database.query('SELECT FROM facilities')).rowCount).toBe(0);
  await database.drop();
});

it('names the field of a record that is not as the schema wants it', () => {
  const wrong = { ...NOTHING, patients: [{ name: 'P', birth_date: '29.2.1980' }] };
  expect(() => parseLegacyData(wrong)).toThrowErrorMatchingInlineSnapshot(`
    [WorkshopError: The clinic's records can't be read:
    ✖ a date is written YYYY-MM-DD
      → at patients[0].birth_date]
  `);
});
