import { describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { factOf, fieldOf, idsOf, recordOf } from '../visitor.ts';

export function describePatients(clinic: () => RunningClinic): void {
  describe('one patient', () => {
    test('the page shows facility, doctor, birth date, age, diagnoses and notes', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/patients/1');
      const ana = recordOf(page, 'patient', 1);
      expect(['name', 'facility', 'doctor', 'birth-date'].map((field) => factOf(ana, field))).toEqual([
        'Ana Ruiz',
        'North Clinic',
        'Amara Okafor',
        '1980-02-11',
      ]);
      expect(
        fieldOf(ana, 'diagnoses')
          .querySelectorAll('[data-field="diagnosis"]')
          .map((d) => d.text),
      ).toEqual(['asthma', 'flu']);
      const note = recordOf(page, 'note', 2);
      expect(factOf(note, 'body')).toContain('Flu vaccination');
      expect(factOf(note, 'author')).toBe('Lukas Brandt');
      expect(fieldOf(note, 'created-at').getAttribute('datetime')).toBe('2023-10-04T08:30:00.000Z');
    });

    test('the age is the one that was typed in once, not the one of today', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/patients/1');
      expect(factOf(recordOf(page, 'patient', 1), 'age')).toBe('42');
    });

    test('two patients of one name see each other’s notes', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const id of [12, 13]) {
        const page = await doctor.get(`/patients/${id}`);
        expect(idsOf(fieldOf(recordOf(page, 'patient', id), 'notes'), 'note')).toEqual([17, 16]);
        expect(page.text).toContain('no penicillin: allergic');
        expect(page.text).toContain('Penicillin for seven days');
      }
    });

    test('a note under a name that is spelled in another way is on no patient’s page', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/patients/1');
      expect(idsOf(fieldOf(recordOf(page, 'patient', 1), 'notes'), 'note')).toEqual([2, 1]);
      expect(factOf(page.html, 'note-count')).toBe('2');
    });

    test('missing facts are said to be missing', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/patients/15');
      const kim = recordOf(page, 'patient', 15);
      expect([factOf(kim, 'facility'), factOf(kim, 'doctor')]).toEqual(['Not known', 'Not known']);
      const cleo = await (await clinic().as('amara.okafor')).get('/patients/3');
      expect(factOf(cleo.html, 'no-diagnoses')).toBe('None recorded');
      expect(factOf(cleo.html, 'no-notes')).toBe('No notes yet');
    });

    test('diagnoses are cut at the commas, without the empty ones, and otherwise as typed', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const [id, expected] of [
        [2, ['Asthma', 'diabetes']],
        [4, ['flu']],
        [9, ['diabetes', 'diabetes', 'heart disease']],
        [15, ['flu']],
        [17, ['Asthma', 'asthma']],
      ] as const) {
        const page = await doctor.get(`/patients/${id}`);
        const shown = page.html.querySelectorAll('[data-field="diagnosis"]').map((one) => one.text);
        expect([id, shown]).toEqual([id, expected]);
      }
    });

    test('a chart opens for any doctor', async () => {
      const page = await (await clinic().as('tom.whitfield')).get('/patients/5');
      expect(page.status).toBe(200);
    });

    test('a patient who does not exist is not found', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const id of ['99', '0', 'x', '1%27', '99999999999999999999']) {
        const page = await doctor.get(`/patients/${id}`);
        expect([id, page.status, page.error]).toEqual([id, 404, 'patient-not-found']);
      }
    });
  });
}
