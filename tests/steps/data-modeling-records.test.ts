import { expect, test } from 'vitest';
import { parseLegacyData } from '../../database/legacy.ts';
import { legacyRecords } from '../../harness/legacy-records.ts';
import { createRandom } from '../../harness/random.ts';
import { otherRecords } from '../../steps/01-data-modeling/other-records.ts';
import { ageOn, fold, listed, truthOf } from '../../steps/01-data-modeling/truth.ts';

const SEEDS = Array.from({ length: 200 }, (_, i) => i * 7_919 + 1);

test("the clinic's records have one right answer each: one note is nobody's, the namesakes keep theirs", async () => {
  const { patients, notes } = truthOf(await legacyRecords());
  expect(notes.filter((note) => note.patient === null).map((note) => note.patientName)).toEqual([
    'Pat Nobody',
  ]);
  const bodiesOf = (id: string) =>
    notes.filter((note) => note.patient === patients.find((p) => p.id === id)?.key).map((note) => note.id);
  expect([bodiesOf('12'), bodiesOf('13')]).toEqual([['16'], ['17', '18']]);
});

test('the other records are legacy records with every kind of disorder, for any seed', () => {
  for (const seed of SEEDS) {
    const records = otherRecords(createRandom(seed));
    expect(() => parseLegacyData(records)).not.toThrow();
    const { patients, notes } = truthOf(records);
    const kinds = (pick: 'facility' | 'doctor') => new Set(patients.map((patient) => patient[pick].kind));
    expect([kinds('facility').size, kinds('doctor').size], `seed ${seed}`).toEqual([3, 3]);
    expect(new Set(patients.map(({ key }) => key)).size).toBe(patients.length);
    expect(new Set(notes.map(({ body }) => body)).size).toBe(notes.length);
  }
});

test('in the other records two notes are of strangers and every other has one owner, for any seed', () => {
  for (const seed of SEEDS) {
    const { patients, notes } = truthOf(otherRecords(createRandom(seed)));
    expect(notes.filter(({ patient }) => patient === null).length, `seed ${seed}`).toBe(2);
    const namesakes = patients.filter((p) => patients.some((q) => q !== p && fold(q.name) === fold(p.name)));
    expect(namesakes).toHaveLength(4);
    for (const { key } of namesakes) expect(notes.some(({ patient }) => patient === key)).toBe(true);
    for (const one of namesakes) {
      const there = namesakes
        .filter((p) => fold(p.name) === fold(one.name))
        .map((p) => JSON.stringify(p.facility));
      expect(new Set(there).size).toBe(2);
    }
  }
});

test('the same seed makes the same records', () => {
  expect(otherRecords(createRandom(5))).toEqual(otherRecords(createRandom(5)));
});

test('a list is folded, an age turns on the birthday', () => {
  expect(listed(' Flu,, asthma ,flu,')).toEqual(['asthma', 'flu']);
  expect([ageOn('2026-03-09', '1980-03-10'), ageOn('2026-03-10', '1980-03-10')]).toEqual([45, 46]);
});
