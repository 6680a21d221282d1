import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LegacyData } from '../../database/legacy.ts';
import { ROOT, sampleFixtures } from './running-clinic.ts';

let data: LegacyData;

beforeAll(async () => {
  ({ data } = await sampleFixtures());
});

describe('the clinic’s fixtures', () => {
  test('the legacy schema is the first migration, byte for byte', async () => {
    const [copy, migration] = await Promise.all(
      ['fixtures/legacy-schema.sql', 'app/migrations/001_legacy.sql'].map((file) =>
        readFile(join(ROOT, file)),
      ),
    );
    expect(copy?.equals(migration ?? Buffer.alloc(0))).toBe(true);
  });

  test('no two patients of one facility share a name, however either is spelled', () => {
    expect(repeated(data.patients.map((one) => `${plain(one.name)} at ${plain(one.facility_name)}`))).toEqual(
      [],
    );
    expect(repeated(['jo smith at a', 'jo smith at a'])).toEqual(['jo smith at a']);
  });

  test('no two doctors share a name or an address', () => {
    expect(repeated(data.doctors.map((one) => plain(one.name)))).toEqual([]);
    expect(repeated(data.doctors.map((one) => plain(one.email)))).toEqual([]);
  });

  test('two patients of one name are at two facilities, and each of their notes says at which', () => {
    const namesakes = data.patients.filter((one) => plain(one.name) === 'jo smith');
    expect(namesakes.map((one) => one.facility_name)).toEqual(['North Clinic', 'Harbour Practice']);
    const notes = data.notes.filter((one) => plain(one.patient_name) === 'jo smith');
    const places = notes.map((one) => plain(one.facility_name));
    expect(new Set(places)).toEqual(new Set(['north clinic', 'harbour practice']));
  });

  test('every kind of dirt is there', () => {
    const facilities = data.facilities.map((one) => one.name);
    const known = new Set(facilities.map(plain));
    const doctors = new Set(data.doctors.map((one) => plain(one.name)));
    const patients = new Set(data.patients.map((one) => plain(one.name)));
    const places = data.patients.map((one) => one.facility_name);
    const diagnoses = data.patients.map((one) => one.diagnoses);
    const dirt = {
      'another spelling of a facility': places.some(
        (p) => known.has(plain(p)) && !facilities.includes(p ?? ''),
      ),
      'a facility in no table': places.some((p) => plain(p) !== '' && !known.has(plain(p))),
      'an empty facility': places.includes(''),
      'no facility': places.includes(null),
      'a doctor who left': data.patients.some(
        (one) => plain(one.doctor_name) !== '' && !doctors.has(plain(one.doctor_name)),
      ),
      'no doctor': data.patients.some((one) => one.doctor_name === null),
      'a note for nobody known': data.notes.some((one) => !patients.has(plain(one.patient_name))),
      'a duplicate in one list': diagnoses.some(
        (list) => repeated((list ?? '').split(',').map(plain)).length > 0,
      ),
      'both cases of one diagnosis':
        diagnoses.join().includes('Asthma') && diagnoses.join().includes('asthma'),
      'an apostrophe in a facility': facilities.some((name) => name.includes("'")),
      'a percent sign in a note': data.notes.some((one) => one.body.includes('100%')),
    };
    expect(Object.entries(dirt).filter(([, found]) => !found)).toEqual([]);
    for (const list of ['', null, 'flu,', ',flu', ' flu , asthma ']) expect(diagnoses).toContain(list);
  });

  test('the names that a search must survive are there', () => {
    const names = data.patients.map((one) => one.name).join('; ');
    for (const name of ["O'Brien", 'Union', 'Drop Wilson', 'Jürgen']) expect(names).toContain(name);
  });

  test('no age is right any more', () => {
    const years = (date: string) => new Date().getUTCFullYear() - Number(date.slice(0, 4)) - 1;
    expect(data.patients.filter((one) => (one.age ?? 0) >= years(one.birth_date))).toEqual([]);
  });
});

/** Case and spacing do not tell names apart. */
function plain(name: string | null | undefined): string {
  return (name ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => value !== '' && values.indexOf(value) !== index))];
}
