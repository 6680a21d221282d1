import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { factOf, fieldOf, idsOf, recordOf } from '../visitor.ts';

export function describeFacilities(clinic: () => RunningClinic): void {
  describe('facilities', () => {
    afterEach(() => clinic().restore());

    test('the first page is the list of facilities', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/');
      expect([page.status, page.location]).toEqual([303, '/facilities']);
    });

    test('the list shows each facility by name, with its patients counted, its doctors and its newest note', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/facilities');
      expect(idsOf(page.html, 'facility')).toEqual([3, 1, 2]);
      expect(factOf(page.html, 'facility-count')).toBe('3');
      const north = recordOf(page, 'facility', 1);
      expect(factOf(north, 'name')).toBe('North Clinic');
      expect(idsOf(fieldOf(north, 'doctors'), 'doctor')).toEqual([1, 2]);
      expect(idsOf(fieldOf(north, 'newest-note'), 'note')).toEqual([3]);
      expect(factOf(fieldOf(north, 'newest-note'), 'body')).toContain('Breathing clear');
    });

    test('patients whose facility is spelled in another way are counted nowhere', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/facilities');
      const counts = [1, 2, 3].map((id) => Number(factOf(recordOf(page, 'facility', id), 'patient-count')));
      expect(counts).toEqual([4, 3, 4]);
      expect(factOf(page.html, 'patient-total')).toBe('11');
    });

    test('a facility without patients or notes is listed with a zero', async () => {
      await clinic().database.query(
        `INSERT INTO facilities (id, name, address, phone) VALUES (9, 'A New Ward', 'Here', '555-0190')`,
      );
      const page = await (await clinic().as('amara.okafor')).get('/facilities');
      const ward = recordOf(page, 'facility', 9);
      expect(factOf(ward, 'patient-count')).toBe('0');
      expect(factOf(ward, 'newest-note')).toBe('No notes yet');
      expect(idsOf(page.html, 'facility')[0]).toBe(9);
    });

    test('a facility shows its address, patients, doctors and five newest notes', async () => {
      const page = await (await clinic().as('tom.whitfield')).get('/facilities/3');
      const harbour = recordOf(page, 'facility', 3);
      expect(factOf(harbour, 'name')).toBe('Harbour Practice');
      expect(factOf(harbour, 'address')).toBe('31 Quay Street, Seaham Bay');
      expect(factOf(harbour, 'phone')).toBe('555-0130');
      expect(factOf(harbour, 'patient-count')).toBe('4');
      expect(idsOf(harbour, 'patient')).toEqual([10, 13, 8, 17]);
      expect(idsOf(fieldOf(harbour, 'doctors'), 'doctor')).toEqual([4, 5]);
      expect(idsOf(fieldOf(harbour, 'recent-notes'), 'note')).toEqual([21, 10, 17, 14, 13]);
      const gus = recordOf(page, 'patient', 10);
      expect(['name', 'birth-date', 'age', 'doctor', 'diagnoses'].map((field) => factOf(gus, field))).toEqual(
        ['Gus Hale', '1955-07-19', '66', 'Peter Vane', 'heart disease'],
      );
    });

    test('a recent note leads to its patient when the patient is at the facility under that name', async () => {
      const page = await (await clinic().as('tom.whitfield')).get('/facilities/3');
      const link = fieldOf(recordOf(page, 'note', 17), 'patient');
      expect([link.text, link.getAttribute('href')]).toEqual(['Jo Smith', '/patients/13']);
    });

    test('an apostrophe in the name of a facility does no harm here', async () => {
      const page = await (await clinic().as('ines.carvalho')).get('/facilities/2');
      expect(factOf(recordOf(page, 'facility', 2), 'name')).toBe("St. Mary's Hospital");
      expect(idsOf(page.html, 'patient')).toEqual([7, 16, 5]);
    });

    test('an empty facility says so', async () => {
      await clinic().database.query(
        `INSERT INTO facilities (id, name, address, phone) VALUES (9, 'A New Ward', 'Here', '555-0190')`,
      );
      await clinic().database.query('INSERT INTO facility_doctors (facility_id, doctor_id) VALUES (9, 1)');
      const page = await (await clinic().as('amara.okafor')).get('/facilities/9');
      expect(page.status).toBe(200);
      expect(factOf(page.html, 'no-patients')).toBe('No patients yet');
    });

    test('a facility is for its own doctors', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/facilities/3');
      expect([page.status, page.error]).toEqual([403, 'forbidden']);
      expect(page.text).not.toContain('Gus Hale');
    });

    test('a facility that does not exist is not found', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const id of ['99', '0', 'x', '1%27', '-1', '99999999999999999999']) {
        const page = await doctor.get(`/facilities/${id}`);
        expect([id, page.status, page.error]).toEqual([id, 404, 'facility-not-found']);
      }
    });
  });
}
