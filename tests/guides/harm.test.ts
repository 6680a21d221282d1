import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { regionOf } from '../../docs/markdown/region.ts';
import { openClinic, type RunningClinic } from '../clinic/running-clinic.ts';
import { createVisitor, factOf, idsOf, type Page, recordOf } from '../clinic/visitor.ts';
import { blocksOf } from './blocks.ts';
import { shippedFiles, textAt } from './texts.ts';

/** What the guides promise to be seen in the shipped clinic, done as they say, with the inputs that they print. */
let clinic: RunningClinic;
beforeAll(async () => void (clinic = await openClinic()));
afterAll(() => clinic?.close());
afterEach(() => clinic.restore());

const amara = () => clinic.as('amara.okafor');
const lukas = () => clinic.as('lukas.brandt');
const guide = (folder: string) => textAt(`steps/${folder}/guide.md`).markdown;
const shipped = await shippedFiles();
const createPatient = regionOf(
  shipped('app/src/views/create-patient.ts'),
  'createPatient',
  'app/src/views/create-patient.ts',
);
const notesOn = (page: Page) =>
  page.html.querySelectorAll('[data-field="body"]').map((note) => note.text.trim());

describe('bad data modelling', () => {
  test('both people called Jo Smith have the same two notes, and neither has the third', async () => {
    const visitor = await amara();
    const charts = [await visitor.get('/patients/12'), await visitor.get('/patients/13')];
    expect(charts.map((chart) => factOf(chart.html, 'birth-date'))).toEqual(['1970-04-04', '1992-08-21']);
    expect(charts.map((chart) => factOf(chart.html, 'facility'))).toEqual([
      'North Clinic',
      'Harbour Practice',
    ]);
    for (const chart of charts) {
      const [newest = '', older = '', ...others] = notesOn(chart);
      expect(newest).toContain('Penicillin for seven days');
      expect(older).toContain('no penicillin: allergic');
      expect(others).toEqual([]);
    }
    const { rows } = await clinic.database.query("SELECT 1 FROM notes WHERE patient_name = 'jo smith'");
    expect(rows).toHaveLength(1);
  });

  test('the North Clinic shows four of its seven patients, and none once it is renamed', async () => {
    const visitor = await amara();
    expect(factOf((await visitor.get('/facilities/1')).html, 'patient-count')).toBe('4');
    expect(factOf((await visitor.get('/patients/2')).html, 'facility')).toBe('north clinic');
    const { rows } = await clinic.database.query(
      "SELECT name FROM patients WHERE regexp_replace(lower(btrim(facility_name)), ' +', ' ') = 'north clinic'",
    );
    expect(rows).toHaveLength(7);
    await visitor.post('/facilities/1/rename', { name: 'Northern Clinic' });
    expect(factOf((await visitor.get('/facilities/1')).html, 'patient-count')).toBe('0');
    await visitor.post('/facilities/1/rename', { name: 'North Clinic' });
    expect(factOf((await visitor.get('/facilities/1')).html, 'patient-count')).toBe('4');
  });

  test('Ana Ruiz stays 42, and Fay Wong has diabetes twice', async () => {
    const ana = await (await amara()).get('/patients/1');
    expect([factOf(ana.html, 'name'), factOf(ana.html, 'birth-date'), factOf(ana.html, 'age')]).toEqual([
      'Ana Ruiz',
      '1980-02-11',
      '42',
    ]);
    const fay = await (await amara()).get('/patients/9');
    const diagnoses = fay.html.querySelectorAll('[data-field="diagnosis"]').map(({ text }) => text.trim());
    expect(diagnoses.filter((one) => one === 'diabetes')).toHaveLength(2);
    const { rows } = await clinic.database.query<{ diagnoses: string }>(
      "SELECT diagnoses FROM patients WHERE diagnoses ILIKE '%asthma%'",
    );
    const spellings = rows.flatMap(({ diagnoses: list }) => [list, ...list.split(',')]);
    for (const spelling of ['Asthma', ' asthma ']) expect(spellings).toContain(spelling);
  });
});

test('comments: the title of a note is not what the comment over it promises', async () => {
  const [note = ''] = [(await (await amara()).get('/notes/1')).html.querySelector('title')?.text];
  expect(note.length).toBeGreaterThan(20);
  expect(note).not.toBe(note.toUpperCase());
});

describe('deep nesting', () => {
  test('the first question and its answer stand thirty-five lines apart', () => {
    const lines = createPatient.split('\n');
    const question = lines.findIndex((line) => line.includes('if (doctor !== null)'));
    const answer = lines.findIndex((line) => line.includes("'login-required'"));
    expect(answer - question).toBe(35);
    const [last, beforeLast] = lines.filter((line) => /sendError/.test(line)).reverse();
    expect([last, beforeLast].map((line) => line?.trim())).toEqual([
      "sendError(response, 401, 'login-required', 'You must be logged in');",
      "sendError(response, 404, 'facility-not-found', 'No such facility');",
    ]);
  });

  test('with the last two blocks exchanged, who is logged out hears that there is no such facility', async () => {
    const file = 'app/src/views/create-patient.ts';
    const [missing = '', login = ''] = createPatient
      .split('\n')
      .filter((line) => /sendError/.test(line))
      .slice(-2);
    const exchanged = createPatient
      .split('\n')
      .map((line) => (line === missing ? login : line === login ? missing : line))
      .join('\n');
    const changed = await openClinic({ [file]: shipped(file).replace(createPatient, exchanged) });
    try {
      const form = { name: 'Ada Byron', birth_date: '1990-01-01' };
      expect((await createVisitor(changed.url).post('/facilities/1/patients/new', form)).error).toBe(
        'facility-not-found',
      );
      const visitor = await changed.as('lukas.brandt');
      expect((await visitor.post('/facilities/1/patients/new', form)).status).toBe(303);
    } finally {
      await changed.close();
    }
    expect((await createVisitor(clinic.url).post('/facilities/1/patients/new')).error).toBe('login-required');
  });

  test('the form answers three mistakes in three ways', async () => {
    const visitor = await lukas();
    const answers = [
      { name: '', birth_date: '' },
      { name: 'Ada Byron', birth_date: '' },
      { name: 'Ada Byron', birth_date: '2999-01-01' },
    ].map(async (form) => (await visitor.post('/facilities/1/patients/new', form)).error);
    expect(await Promise.all(answers)).toEqual([
      'name-required',
      'birth-date-required',
      'birth-date-in-future',
    ]);
  });
});

test('redundant queries: the migration of the guide gives the clinic three hundred facilities more', async () => {
  const [migration = ''] = blocksOf(guide('06-redundant-queries'), 'sql');
  await clinic.database.query(migration);
  const list = await (await lukas()).get('/facilities');
  expect(factOf(list.html, 'facility-count')).toBe('303');
});

describe('SQL injection', () => {
  const search = async (name: string) =>
    (await amara()).get(`/patients/search?${new URLSearchParams({ name }).toString()}`);
  const input = (index: number) => blocksOf(guide('07-sql-injection'), 'text')[index] ?? '';

  test('O’Brien is answered by an error about the word Brien', async () => {
    expect(input(0)).toBe("O'Brien");
    const page = await search(input(0));
    expect(page.status).toBe(500);
    expect(page.text).toContain('Brien');
  });

  test('the second input lists everybody’s patients, the third the password hashes', async () => {
    const { rows } = await clinic.database.query('SELECT id FROM patients');
    expect(idsOf((await search('')).html, 'patient').length).toBeLessThan(rows.length);
    expect(idsOf((await search(input(1))).html, 'patient')).toHaveLength(rows.length);

    const doctors = await clinic.database.query<{ name: string; password_hash: string }>(
      'SELECT * FROM doctors',
    );
    const page = await search(input(2));
    for (const { password_hash: hash } of doctors.rows) expect(page.html.text).toContain(hash);
  });

  test('a facility that is renamed to the fourth input exports every patient', async () => {
    const visitor = await lukas();
    await visitor.post('/facilities/1/rename', { name: input(3) });
    const file = await visitor.get('/patients/export?facility=1');
    const { rows } = await clinic.database.query('SELECT id FROM patients');
    expect(file.text.trim().split('\r\n')).toHaveLength(rows.length + 1);
  });

  test('the export of St. Mary’s Hospital breaks by itself', async () => {
    const visitor = await lukas();
    const list = await visitor.get('/facilities');
    const id = idsOf(list.html, 'facility').find((one) =>
      factOf(recordOf(list, 'facility', one), 'name').startsWith('St. Mary'),
    );
    expect((await visitor.get(`/patients/export?facility=${id}`)).status).toBe(500);
  });
});

test('unreadable algorithm: Jo Smith is among the three at most risk, with a score of 2', async () => {
  const page = await (await amara()).get('/facilities/1');
  expect(page.html.querySelector('a[href="/facilities/1/report"]')?.text).toBe('Report');
  const report = JSON.parse((await (await amara()).get('/facilities/1/report')).text) as {
    high_risk: { name: string; score: number }[];
  };
  expect(report.high_risk).toContainEqual({ id: 12, name: 'Jo Smith', score: 2 });
});
