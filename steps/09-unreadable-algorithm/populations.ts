import type { Random } from '../../harness/random.ts';
import type { Patient } from './reference.ts';

/** The patients of one planted facility. */
export interface Population {
  /** For a finding: what is special about it. */
  readonly title: string;
  readonly patients: readonly Omit<Patient, 'id'>[];
}

/** The edges first, then random ones up to `count`. None is over 14 patients but one of 33: averages never lie on half a tenth. */
export function drawPopulations(random: Random, count: number): readonly Population[] {
  const edges = edgeCases(random);
  const more = Array.from({ length: Math.max(0, count - edges.length) }, () => ({
    title: 'a random facility',
    patients: Array.from({ length: random.integer(1, 14) }, () => anybody(random)),
  }));
  return [...edges, ...more].slice(0, count);
}

function edgeCases(random: Random): readonly Population[] {
  const some = (title: string, ...patients: (readonly [age: number, diagnoses: string | null])[]) => ({
    title,
    patients: patients.map(([age, diagnoses]) => ({ name: someName(random), age, diagnoses })),
  });
  return [
    some('a facility without patients'),
    some('one newborn without diagnoses', [0, null]),
    some('one patient', [34, 'asthma']),
    some('ages at both borders', [50, null], [51, null], [65, null], [66, null]),
    some('points for each diagnosis', [20, 'heart disease'], [20, 'diabetes'], [20, 'asthma'], [20, 'gout']),
    some('diagnoses in any case', [40, 'ASTHMA'], [41, 'Heart Disease'], [42, 'asthma'], [43, 'DiaBetes']),
    some('one diagnosis twice', [30, 'asthma, asthma ,Asthma'], [30, 'flu,flu']),
    some(
      'commas and blanks',
      [30, ''],
      [31, ','],
      [32, ' flu , asthma '],
      [33, 'flu,'],
      [34, ',flu'],
      [35, ' , ,gout'],
    ),
    some(
      'two, three and four diagnoses',
      [30, 'flu,gout'],
      [30, 'flu,gout,asthma'],
      [30, 'flu,gout,asthma,diabetes'],
    ),
    some('three that are two', [30, 'flu, gout, FLU'], [30, 'asthma,asthma,asthma']),
    some('everybody alike', [70, 'asthma'], [70, 'asthma'], [70, 'asthma'], [70, 'asthma'], [70, 'asthma']),
    some(
      'a tie at the third place',
      [70, null],
      [30, 'diabetes, asthma'],
      [80, null],
      [30, 'heart disease'],
      [66, ''],
    ),
    some(
      'the highest comes last',
      [20, null],
      [55, null],
      [60, 'asthma'],
      [70, 'heart disease, diabetes, asthma'],
    ),
    some(
      'borders of the levels',
      [20, 'asthma'],
      [51, null],
      [70, 'asthma'],
      [70, 'diabetes'],
      [51, 'heart disease'],
    ),
    some(
      'a score above ten',
      [99, 'heart disease,diabetes,asthma,gout'],
      [98, 'heart disease,diabetes,asthma'],
    ),
    some('an average with a remainder', [1, null], [1, null], [2, null]),
    { title: 'a large facility', patients: Array.from({ length: 33 }, () => anybody(random)) },
  ];
}

function anybody(random: Random): Omit<Patient, 'id'> {
  const age = random.integer(0, 3) === 0 ? random.pick([0, 50, 51, 65, 66, 104]) : random.integer(0, 99);
  return { name: someName(random), age, diagnoses: someDiagnoses(random) };
}

function someDiagnoses(random: Random): string | null {
  if (random.integer(0, 5) === 0) return random.pick([null, '', ',', ' ']);
  const names = Array.from({ length: random.integer(1, 5) }, () => someCase(random, random.pick(DIAGNOSES)));
  const list = names.join(random.pick([',', ', ', ' , ']));
  return random.pick(['', '', ',']) + list + random.pick(['', '', ',', ' ']);
}

function someCase(random: Random, text: string): string {
  const changed = [text, text, text.toUpperCase(), text.charAt(0).toUpperCase() + text.slice(1)];
  return changed[random.integer(0, changed.length - 1)] ?? text;
}

function someName(random: Random): string {
  const word = random.marker(random.integer(5, 8));
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${random.pick(['Ruiz', "O'Hara", 'Sato', 'Groß', 'Vale'])}`;
}

/** Those that the clinic's records know, so that a schema with a list of allowed diagnoses takes them. */
const DIAGNOSES = ['asthma', 'diabetes', 'heart disease', 'flu', 'gout'] as const;
