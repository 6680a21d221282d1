import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { factOf, fieldOf, idsOf, recordOf } from '../visitor.ts';

export function describeNotes(clinic: () => RunningClinic): void {
  describe('notes', () => {
    afterEach(() => clinic().restore());

    test('the list is newest first and shows body, author and time in UTC', async () => {
      const page = await (await clinic().as('lukas.brandt')).get('/patients/5/notes');
      const sean = recordOf(page, 'patient', 5);
      expect(factOf(sean, 'name')).toBe("Sean O'Brien");
      expect(factOf(sean, 'note-count')).toBe('2');
      expect(idsOf(fieldOf(sean, 'notes'), 'note')).toEqual([7, 6]);
      const note = recordOf(page, 'note', 7);
      expect(factOf(note, 'body')).toBe('Oxygen saturation 100% at rest, 96% after the stairs.');
      expect(factOf(note, 'author')).toBe('Lukas Brandt');
      expect(factOf(note, 'created-at')).toBe('2024-01-11 15:40 UTC');
    });

    test('a patient without notes has a form and says so', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/patients/3/notes');
      expect(factOf(page.html, 'no-notes')).toBe('No notes yet');
      expect(page.html.querySelector('textarea[name="body"]')).not.toBeNull();
    });

    test('a new note is stored once, under the name of its patient and of its author', async () => {
      const doctor = await clinic().as('tom.whitfield');
      const body = 'Sleeps well again.\n"Quotes" & <b>signs</b> stay as they are.';
      const page = await doctor.post('/patients/8/notes', { body: `  ${body} ` });
      expect([page.status, page.location]).toEqual([303, '/patients/8/notes']);
      const stored = await clinic().database.query(
        'SELECT patient_name, facility_name, created_by, body FROM notes WHERE id > 23',
      );
      expect(stored.rows).toEqual([
        { patient_name: 'Jürgen Groß', facility_name: 'Harbour Practice', created_by: 'Tom Whitfield', body },
      ]);
      const list = await doctor.get('/patients/8/notes');
      expect(idsOf(list.html, 'note')).toEqual([24, 10]);
      expect(list.text).not.toContain('<b>signs</b>');
    });

    test('an empty note and one that is too long for the printed form are refused, and what was typed stays', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const body of ['', '   \n ']) {
        const page = await doctor.post('/patients/1/notes', { body });
        expect([page.status, page.error]).toEqual([400, 'note-required']);
      }
      const long = await doctor.post('/patients/1/notes', { body: 'x'.repeat(2001) });
      expect([long.status, long.error]).toEqual([400, 'note-too-long']);
      expect(long.html.querySelector('textarea')?.text).toHaveLength(2001);
      expect((await doctor.post('/patients/1/notes')).error).toBe('note-required');
      expect((await doctor.post('/patients/1/notes', { body: 'x'.repeat(2000) })).status).toBe(303);
      const { rows } = await clinic().database.query('SELECT count(*)::int AS notes FROM notes');
      expect(rows).toEqual([{ notes: 24 }]);
    });

    test('one note shows patient, facility, author and time', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/notes/20');
      const note = recordOf(page, 'note', 20);
      expect(['patient', 'facility', 'author', 'created-at'].map((field) => factOf(note, field))).toEqual([
        'Kim Vale',
        '',
        'Unknown',
        '2022-11-21 18:00 UTC',
      ]);
      expect(factOf(note, 'body')).toContain('Brought in by a neighbour');
    });

    test('a note about somebody nobody knows can still be read', async () => {
      const page = await (await clinic().as('amara.okafor')).get('/notes/23');
      expect(factOf(recordOf(page, 'note', 23), 'patient')).toBe('Pat Nobody');
    });

    test('notes that do not exist, or of patients who do not, are not found', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const id of ['99', 'x', '1%27']) {
        expect((await doctor.get(`/notes/${id}`)).error).toBe('note-not-found');
        expect((await doctor.get(`/patients/${id}/notes`)).error).toBe('patient-not-found');
        const page = await doctor.post(`/patients/${id}/notes`, { body: 'x' });
        expect([page.status, page.error]).toEqual([404, 'patient-not-found']);
      }
    });
  });
}
