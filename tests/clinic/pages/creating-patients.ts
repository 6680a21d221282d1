import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { createVisitor, factOf, recordOf } from '../visitor.ts';

export function describeCreatingPatients(clinic: () => RunningClinic): void {
  const added = async () =>
    (
      await clinic().database.query(
        'SELECT name, birth_date::text, age, facility_name, doctor_name, diagnoses FROM patients WHERE id > 18',
      )
    ).rows;

  describe('creating a patient', () => {
    afterEach(() => clinic().restore());

    test('the form is empty and posts to its own address', async () => {
      const page = await (await clinic().as('amara.okafor')).get(PATH);
      expect(page.status).toBe(200);
      expect(page.html.querySelector('main form')?.getAttribute('action')).toBe(PATH);
      expect(page.html.querySelector('[name="name"]')?.getAttribute('value')).toBe('');
    });

    test('a good form stores the patient once and leads to the page', async () => {
      const doctor = await clinic().as('amara.okafor');
      const page = await doctor.post(PATH, {
        name: ' Nora Field ',
        birth_date: '1984-02-29',
        diagnoses: 'flu',
      });
      expect([page.status, page.location]).toEqual([303, '/patients/19']);
      const rows = await added();
      expect(rows).toMatchObject([
        {
          name: 'Nora Field',
          birth_date: '1984-02-29',
          facility_name: 'North Clinic',
          doctor_name: 'Amara Okafor',
          diagnoses: 'flu',
        },
      ]);
      const nora = recordOf(await doctor.get('/patients/19'), 'patient', 19);
      expect(factOf(nora, 'age')).toBe(String(rows[0]?.['age']));
    });

    test('the age of the day is stored: a birthday tomorrow has not come yet', async () => {
      const doctor = await clinic().as('amara.okafor');
      const [year, ...rest] = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).split('-');
      const tomorrow = [Number(year) - 40, ...rest].join('-').replace('-02-29', '-03-01');
      await doctor.post(PATH, { name: 'Late Child', birth_date: tomorrow });
      await doctor.post(PATH, { name: 'New Born', birth_date: new Date().toISOString().slice(0, 10) });
      expect((await added()).map((row) => row['age'])).toEqual([39, 0]);
    });

    test.each(REFUSED)('%s is refused with %i %s and stores nothing', async (_what, status, error, form) => {
      const doctor = await clinic().as('amara.okafor');
      const page = await doctor.post(PATH, form);
      expect([page.status, page.error]).toEqual([status, error]);
      expect(page.html.querySelector('[name="name"]')?.getAttribute('value')).toBe(
        (form['name'] ?? '').trim(),
      );
      expect(await added()).toEqual([]);
    });

    test('each refusal has words of its own', async () => {
      const doctor = await clinic().as('amara.okafor');
      const messages = [];
      for (const [, , , form] of REFUSED)
        messages.push((await doctor.post(PATH, form)).html.querySelector('[data-error]')?.text);
      expect([...new Set(messages)]).toEqual([
        'Name is required',
        'Birth date is required',
        'Birth date must be a real date, such as 1980-12-31',
        'Birth date is in the future',
        'This facility already has a patient of that name',
      ]);
    });

    test('a namesake at another facility is welcome', async () => {
      const doctor = await clinic().as('lukas.brandt');
      const page = await doctor.post('/facilities/2/patients/new', {
        name: 'Jo Smith',
        birth_date: '1961-01-01',
      });
      expect(page.status).toBe(303);
    });

    test('login comes first, then the facility, then access, then the form', async () => {
      const stranger = createVisitor(clinic().url);
      for (const path of [PATH, '/facilities/99/patients/new', '/facilities/x/patients/new']) {
        const page = await stranger.post(path, GOOD);
        expect([page.status, page.error]).toEqual([401, 'login-required']);
      }
      const amara = await clinic().as('amara.okafor');
      for (const form of [GOOD, {}]) {
        const missing = await amara.post('/facilities/99/patients/new', form);
        expect([missing.status, missing.error]).toEqual([404, 'facility-not-found']);
        const other = await amara.post('/facilities/3/patients/new', form);
        expect([other.status, other.error]).toEqual([403, 'forbidden']);
      }
      expect((await amara.get('/facilities/99/patients/new')).status).toBe(404);
      expect((await amara.get('/facilities/3/patients/new')).status).toBe(403);
      expect(await added()).toEqual([]);
    });
  });
}

const PATH = '/facilities/1/patients/new';
const GOOD = { name: 'Nora Field', birth_date: '1984-02-29' };
const REFUSED: [string, number, string, Record<string, string>][] = [
  ['nothing at all', 400, 'name-required', {}],
  ['a name of spaces', 400, 'name-required', { ...GOOD, name: '  ' }],
  ['no birth date', 400, 'birth-date-required', { name: 'Nora Field' }],
  ['a word as birth date', 400, 'birth-date-invalid', { ...GOOD, birth_date: 'yesterday' }],
  ['a day that does not exist', 400, 'birth-date-invalid', { ...GOOD, birth_date: '1983-02-29' }],
  ['the year nought', 400, 'birth-date-invalid', { ...GOOD, birth_date: '0000-01-01' }],
  ['a birth date in the future', 400, 'birth-date-in-future', { ...GOOD, birth_date: '2999-01-01' }],
  ['a name that is there already', 409, 'patient-exists', { ...GOOD, name: 'ana ruiz' }],
];
