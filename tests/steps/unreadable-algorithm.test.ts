import { expect, test } from 'vitest';
import { createRandom } from '../../harness/random.ts';
import { bindingsOf } from '../../harness/source/names.ts';
import { parseSource } from '../../harness/source/parse.ts';
import { handWrittenSorts } from '../../harness/source/sorts.ts';
import { birthDateOf } from '../../steps/09-unreadable-algorithm/birth-dates.ts';
import { plantedColumn } from '../../steps/09-unreadable-algorithm/directory-columns.ts';
import { faultOf } from '../../steps/09-unreadable-algorithm/name-faults.ts';
import { namedParts } from '../../steps/09-unreadable-algorithm/parts.ts';
import { drawPopulations } from '../../steps/09-unreadable-algorithm/populations.ts';
import { expectedReport } from '../../steps/09-unreadable-algorithm/reference.ts';

const parse = (text: string) => parseSource('app/src/views/reports.ts', text);
const LONG = (name: string) => `let ${name} = 1;\nf();\nf();\nf();\nf(${name});\n`;

test.each([
  ['a', 'one-letter'],
  ['_a', 'one-letter'],
  ['aa', 'one-letter'],
  ['x1', 'numbered'],
  ['patients2', 'numbered'],
  ['tmp', 'generic'],
  ['sectionOne', 'generic'],
  ['listA', 'generic'],
  ['pa', 'letters'],
  ['rnkng', 'letters'],
  ['patCnt', 'letters'],
])('%s, to be remembered for five lines, is refused as %s', (name, fault) => {
  expect(faultsIn(LONG(name))).toEqual([[name, fault]]);
});

test.each([
  'patients',
  'ages',
  'id',
  'top3',
  'over65',
  'sha256',
  'utf8',
  'sql',
  'Größe',
  'risk_score',
  'isHigh',
  'counter',
])('%s is a name', (name) => expect(faultsIn(LONG(name))).toEqual([]));

test('what is read in one glance may be short, and what others named is not ours', () => {
  expect(faultsIn('people.map((p) => p.age).sort((a, b) => a - b);')).toEqual([]);
  expect(faultsIn('for (let i = 0; i < 3; i++) {\n  f(i);\n}')).toEqual([]);
  expect(faultsIn('const { a, b } = f();\ng();\ng();\ng();\ng(a, b);\n')).toEqual([]);
  expect(faultsIn('function f(x) {\n  g();\n  g();\n  g();\n  return x;\n}')).toEqual([
    ['f', 'one-letter'],
    ['x', 'one-letter'],
  ]);
});

test.each([
  ['a swap with a third name', 'for (;;) { const k = a[i]; a[i] = a[i + 1]; a[i + 1] = k; }'],
  ['a swap in one line', '[list[i], list[j]] = [list[j], list[i]];'],
  ['a swap in a function of its own', 'function swap(l, i, j) { const k = l[i]; l[i] = l[j]; l[j] = k; }'],
  [
    'an insertion',
    'for (const p of ps) { let i = 0; while (out[i].score > p.score) i++; out.splice(i, 0, p); }',
  ],
  ['a quicksort', 'function q(l) { return [...q(l.filter((x) => x < 1)), ...q(l.filter((x) => x > 1))]; }'],
])('%s is a sort by hand', (_, text) => expect(handWrittenSorts(parse(text))).not.toEqual([]));

test.each([
  ['sort', 'people.toSorted((a, b) => b.score - a.score).slice(0, 3);'],
  [
    'counting',
    'for (const p of ps) { counts[p.name] = (counts[p.name] ?? 0) + 1; if (p.score > 5) high += 1; }',
  ],
  ['two counters in one list', 'for (const p of ps) { sums[p.a] = 1; sums[p.b] = 2; if (p.score > 1) n(); }'],
  ['recursion over a tree', 'function size(t) { return t ? size(t.left) + size(t.right) : 0; }'],
  ['cutting off the rest', 'while (ranked.length > 3) ranked.splice(3, 1);'],
])('%s is none', (_, text) => expect(handWrittenSorts(parse(text))).toEqual([]));

test('functions, methods and named queries are parts; the door is not', () => {
  const parts = namedParts(
    parse(`export async function facilityReport(request: Request, response: Response) {}
      const ageStatistics = () => 1; class Patient { get riskScore() { return 1; } }
      const q = \`WITH diagnosis_counts AS (SELECT 1), other AS (SELECT 2) SELECT 3\`; list.map(() => 1);`),
  );
  expect(parts.map(({ name, inDomain }) => [name, inDomain])).toEqual([
    ['ageStatistics', true],
    ['riskScore', true],
    ['diagnosis_counts', true],
    ['other', false],
  ]);
});

test('the reference knows the edges', () => {
  expect(expectedReport([])).toEqual({
    total_patients: 0,
    average_age: 0,
    max_age: 0,
    min_age: 0,
    diagnoses: {},
    high_risk: [],
    risk_summary: { low: 0, medium: 0, high: 0 },
  });
  const people = ['asthma, Asthma,flu', ' gout ,flu,diabetes', null, 'heart disease'].map(
    (diagnoses, id) => ({
      id,
      name: `P${id}`,
      age: [66, 65, 51, 50][id] ?? 0,
      diagnoses,
    }),
  );
  expect(expectedReport(people)).toMatchObject({
    average_age: 58,
    diagnoses: { asthma: 1, flu: 2, gout: 1, diabetes: 1, 'heart disease': 1 },
    high_risk: [
      { id: 1, score: 5 },
      { id: 0, score: 4 },
      { id: 3, score: 3 },
    ],
    risk_summary: { low: 0, medium: 3, high: 1 },
  });
});

test('two hundred populations come again with the same seed, and no average lies on half a tenth', () => {
  const populations = drawPopulations(createRandom(7), 200);
  expect(populations).toHaveLength(200);
  expect(drawPopulations(createRandom(7), 200)).toEqual(populations);
  expect(populations[0]?.patients).toEqual([]);
  for (const { patients } of populations) {
    const ages = patients.map((patient) => patient.age);
    const tenths = (10 * ages.reduce((sum, age) => sum + age, 0)) / Math.max(1, ages.length);
    const byText = Number((tenths / 10).toFixed(1));
    expect(byText).toBe(Math.round(tenths) / 10);
  }
});

test('a birth date makes the age that was planted, today and three days around', () => {
  const random = createRandom(3);
  for (const age of [0, 1, 50, 65, 66, 104]) {
    for (const days of [-2, 0, 2]) {
      const birthDate = birthDateOf(random, age);
      const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
      expect(day.slice(5) < birthDate.slice(5) ? years - 1 : years, `${birthDate} on ${day}`).toBe(age);
    }
  }
});

test('a planted column has the type of the learner’s view, whatever it is', () => {
  expect(plantedColumn({ name: 'age', type: 'double precision' })).toBe('age::double precision AS "age"');
  expect(plantedColumn({ name: 'diagnoses', type: 'text[]' })).toContain('string_to_array');
  expect(plantedColumn({ name: 'id', type: 'uuid' })).toContain('lpad');
  expect(plantedColumn({ name: 'a "b"', type: 'date' })).toBe('NULL::date AS "a ""b"""');
});

function faultsIn(text: string) {
  return bindingsOf(parse(text)).flatMap((binding) => {
    const fault = faultOf(binding);
    return fault === null ? [] : [[binding.name, fault]];
  });
}
