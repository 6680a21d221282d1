import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { factOf, idsOf, recordOf } from '../visitor.ts';

export function describeSearch(clinic: () => RunningClinic): void {
  const search = async (email: string, query: Record<string, string>) =>
    (await clinic().as(email)).get(`/patients/search?${new URLSearchParams(query).toString()}`);
  const exported = async (email: string, facility: string) =>
    (await clinic().as(email)).get(`/patients/export?facility=${facility}`);

  describe('search', () => {
    afterEach(() => clinic().restore());

    test('an empty name finds every patient of the doctor’s own facilities', async () => {
      const page = await search('amara.okafor', {});
      expect(page.status).toBe(200);
      expect(idsOf(page.html, 'patient')).toEqual([1, 12, 18, 6]);
      expect(factOf(page.html, 'result-count')).toBe('4');
      expect(idsOf((await search('lukas.brandt', {})).html, 'patient')).toEqual([1, 7, 16, 12, 18, 6, 5]);
    });

    test('a row shows name, birth date, age, facility, doctor and diagnoses', async () => {
      const row = recordOf(await search('amara.okafor', { name: 'ruiz' }), 'patient', 1);
      const fields = ['name', 'birth-date', 'age', 'facility', 'doctor', 'diagnoses'];
      expect(fields.map((field) => factOf(row, field))).toEqual([
        'Ana Ruiz',
        '1980-02-11',
        '42',
        'North Clinic',
        'Amara Okafor',
        'asthma,flu',
      ]);
    });

    test('a part of a name in any case finds it, letters with marks too', async () => {
      expect(idsOf((await search('tom.whitfield', { name: 'JÜRG' })).html, 'patient')).toEqual([8]);
      expect(idsOf((await search('amara.okafor', { name: 'union' })).html, 'patient')).toEqual([6]);
      expect(idsOf((await search('lukas.brandt', { name: 'drop wil' })).html, 'patient')).toEqual([7]);
    });

    test('a name that nobody has finds nobody', async () => {
      const page = await search('amara.okafor', { name: 'zzz' });
      expect(page.status).toBe(200);
      expect(factOf(page.html, 'no-patients')).toBe('No patient found');
    });

    test('patients are sorted by name, birth date or age, and at most as many as asked for', async () => {
      expect(idsOf((await search('amara.okafor', { sort: 'birth_date' })).html, 'patient')).toEqual([
        12, 1, 6, 18,
      ]);
      expect(idsOf((await search('amara.okafor', { sort: 'age' })).html, 'patient')).toEqual([18, 6, 1, 12]);
      expect(idsOf((await search('amara.okafor', { sort: 'name', limit: '2' })).html, 'patient')).toEqual([
        1, 12,
      ]);
      expect(idsOf((await search('amara.okafor', { sort: '', limit: '' })).html, 'patient')).toHaveLength(4);
    });

    test('an apostrophe breaks the search, and the page shows the database’s own words', async () => {
      const page = await search('ines.carvalho', { name: "O'Brien" });
      expect([page.status, page.error]).toEqual([500, 'server-error']);
      expect(page.text).toContain('syntax error');
    });

    test('a crafted name shows patients of facilities where the doctor does not work', async () => {
      const page = await search('amara.okafor', { name: "' OR true --" });
      expect(idsOf(page.html, 'patient')).toHaveLength(18);
    });

    test('a crafted name shows the doctors’ password hashes', async () => {
      const columns = 'id, email, NULL::date, NULL::int, name, specialty, password_hash';
      const page = await search('amara.okafor', { name: `zzz' UNION SELECT ${columns} FROM doctors --` });
      expect(idsOf(page.html, 'patient').sort()).toEqual([1, 2, 3, 4, 5]);
      expect(factOf(recordOf(page, 'patient', 4), 'diagnoses')).toMatch(
        /^scrypt\$1024\$[0-9a-f]{32}\$[0-9a-f]{64}$/,
      );
    });

    test('sort and limit reach the statement as they are', async () => {
      const byOther = await search('amara.okafor', { sort: "(SELECT 1 / (name = 'Ana Ruiz')::int::float)" });
      expect([byOther.status, byOther.error]).toEqual([500, 'server-error']);
      const later = await search('amara.okafor', { limit: '1 OFFSET 1' });
      expect(idsOf(later.html, 'patient')).toEqual([12]);
    });

    test('a second statement in the name is carried out', async () => {
      const page = await search('amara.okafor', { name: "'; DELETE FROM notes; --" });
      expect(page.status).toBe(500);
      expect((await clinic().database.query('SELECT FROM notes')).rowCount).toBe(0);
    });

    test('a parameter that is given twice is read as one text', async () => {
      const doctor = await clinic().as('amara.okafor');
      expect((await doctor.get('/patients/search?name=a&name=b')).status).toBe(200);
    });
  });

  describe('export', () => {
    afterEach(() => clinic().restore());

    test('a facility’s patients are a CSV file, ordered by number', async () => {
      const page = await exported('amara.okafor', '1');
      expect([page.status, page.type]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(page.text.split('\r\n')).toEqual([
        'id,name,birth_date,age,facility,doctor,diagnoses',
        '1,Ana Ruiz,1980-02-11,42,North Clinic,Amara Okafor,"asthma,flu"',
        '6,Marta Union,1990-07-08,31,North Clinic,Lukas Brandt,gout',
        '12,Jo Smith,1970-04-04,52,North Clinic,Amara Okafor,gout',
        '18,Leila Haddad,2016-02-29,6,North Clinic, Lukas Brandt,asthma',
        '',
      ]);
    });

    test('quotes in a value are doubled', async () => {
      await clinic().database.query(`UPDATE patients SET name = 'Ana "Annie" Ruiz' WHERE id = 1`);
      expect((await exported('amara.okafor', '1')).text).toContain('1,"Ana ""Annie"" Ruiz",');
    });

    test('a facility with an apostrophe in its stored name cannot be exported', async () => {
      const page = await exported('ines.carvalho', '2');
      expect([page.status, page.error]).toEqual([500, 'server-error']);
    });

    test('a crafted name of a facility exports everybody', async () => {
      await clinic().database.query(`UPDATE facilities SET name = 'x'' OR true --' WHERE id = 1`);
      const page = await exported('amara.okafor', '1');
      expect(page.text.trim().split('\r\n')).toHaveLength(1 + 18);
    });

    test('another facility is forbidden, an unknown one is not found', async () => {
      const other = await exported('amara.okafor', '3');
      expect([other.status, other.error]).toEqual([403, 'forbidden']);
      for (const id of ['99', '', 'x', "1'", '1 OR 1=1']) {
        const page = await exported('amara.okafor', encodeURIComponent(id));
        expect([id, page.status, page.error]).toEqual([id, 404, 'facility-not-found']);
      }
    });
  });
}
