import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { createVisitor, factOf, idsOf, recordOf } from '../visitor.ts';

export function describeAdministration(clinic: () => RunningClinic): void {
  const count = async (table: string) => (await clinic().database.query(`SELECT FROM ${table}`)).rowCount;

  describe('administration', () => {
    afterEach(() => clinic().restore());

    test('a renamed facility loses its patients, who keep the old name', async () => {
      const doctor = await clinic().as('amara.okafor');
      const renamed = await doctor.post('/facilities/1/rename', { name: ' North Health Centre ' });
      expect([renamed.status, renamed.location]).toEqual([303, '/facilities/1']);
      const page = await doctor.get('/facilities/1');
      expect(factOf(recordOf(page, 'facility', 1), 'name')).toBe('North Health Centre');
      expect(idsOf(page.html, 'patient')).toEqual([]);
      expect(factOf((await doctor.get('/patients/1')).html, 'facility')).toBe('North Clinic');
      expect(idsOf((await doctor.get('/patients/search?name=ana')).html, 'patient')).toEqual([]);
    });

    test('a deleted facility leaves patients that name a facility that is gone', async () => {
      const doctor = await clinic().as('amara.okafor');
      const deleted = await doctor.post('/facilities/1/delete');
      expect([deleted.status, deleted.location]).toEqual([303, '/facilities']);
      expect(idsOf((await doctor.get('/facilities')).html, 'facility')).toEqual([3, 2]);
      expect(factOf((await doctor.get('/patients/1')).html, 'facility')).toBe('North Clinic');
      expect([await count('patients'), await count('notes')]).toEqual([18, 23]);
    });

    test('a deleted doctor stays the doctor of the patients, by name', async () => {
      const doctor = await clinic().as('yuki.tanabe');
      const deleted = await doctor.post('/doctors/4/delete');
      expect([deleted.status, deleted.location]).toEqual([303, '/facilities']);
      expect(factOf((await doctor.get('/patients/13')).html, 'doctor')).toBe('Tom Whitfield');
      expect(await count('doctors')).toBe(4);
      expect([await count('patients'), await count('notes')]).toEqual([18, 23]);
    });

    test('a doctor who was deleted is logged out', async () => {
      const doctor = await clinic().as('tom.whitfield');
      await doctor.post('/doctors/4/delete');
      expect((await doctor.get('/facilities')).status).toBe(401);
    });

    test('a facility needs a name', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const form of [{}, { name: '  ' }]) {
        const page = await doctor.post('/facilities/1/rename', form as Record<string, string>);
        expect([page.status, page.error]).toEqual([400, 'name-required']);
      }
      expect(factOf(recordOf(await doctor.get('/facilities'), 'facility', 1), 'name')).toBe('North Clinic');
    });

    test('strangers and doctors of other facilities change nothing', async () => {
      const stranger = createVisitor(clinic().url);
      const outsider = await clinic().as('tom.whitfield');
      for (const path of ['/facilities/1/rename', '/facilities/1/delete']) {
        expect((await stranger.post(path, { name: 'Mine' })).error).toBe('login-required');
        expect((await outsider.post(path, { name: 'Mine' })).error).toBe('forbidden');
      }
      expect((await stranger.post('/doctors/1/delete')).status).toBe(401);
      const { rows } = await clinic().database.query('SELECT name FROM facilities WHERE id = 1');
      expect(rows).toEqual([{ name: 'North Clinic' }]);
      expect(await count('doctors')).toBe(5);
    });

    test('what does not exist is not found', async () => {
      const doctor = await clinic().as('amara.okafor');
      expect((await doctor.post('/facilities/99/rename', { name: 'x' })).error).toBe('facility-not-found');
      expect((await doctor.post('/facilities/99/delete')).status).toBe(404);
      for (const id of ['99', 'x'])
        expect((await doctor.post(`/doctors/${id}/delete`)).error).toBe('doctor-not-found');
    });

    test('a record that others refer to by key is said to be in use', async () => {
      await clinic().database.query('CREATE TABLE uses (facility_id integer REFERENCES facilities)');
      await clinic().database.query('INSERT INTO uses VALUES (1)');
      const page = await (await clinic().as('amara.okafor')).post('/facilities/1/delete');
      await clinic().database.query('DROP TABLE uses');
      expect([page.status, page.error]).toEqual([409, 'still-in-use']);
    });
  });
}
