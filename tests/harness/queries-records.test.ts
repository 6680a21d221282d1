import { expect, test } from 'vitest';
import { readRecords, recordsOf } from '../../harness/records.ts';

const PAGE = `
  <span data-field="total">2</span>
  <article data-facility-id="1">
    <h2 data-field="name"> North
      Clinic </h2>
    <ul data-field="doctors"><li data-doctor-id="7"><b data-field="name">Amara</b></li></ul>
    <div><p data-note-id="4"><a data-field="patient" href="/patients/9">Ana &amp; co</a></p></div>
  </article>
  <article data-facility-id="2"></article>`;

test('a fact belongs to the nearest record around it', () => {
  const page = readRecords(PAGE);
  const [north, empty] = recordsOf(page, 'facility');
  expect(page.fields.get('total')).toEqual(['2']);
  expect(page.fields.get('name')).toBeUndefined();
  expect(north?.fields.get('name')).toEqual(['North Clinic']);
  expect(recordsOf(page, 'doctor').map((doctor) => doctor.fields.get('name'))).toEqual([['Amara']]);
  expect(empty?.records).toEqual([]);
});

test('a link is kept beside its text', () => {
  const [note] = recordsOf(readRecords(PAGE), 'note');
  expect(note?.fields.get('patient')).toEqual(['Ana & co']);
  expect(note?.links.get('patient')).toBe('/patients/9');
});
