import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import type { Run } from '../../harness/run.ts';
import { createSources } from '../../harness/sources.ts';
import { checkNesting } from '../../steps/05-deep-nesting/nesting.ts';

const shipped = createSources(join(import.meta.dirname, '..', '..', 'app'));
const VIEW = 'app/src/views/create-patient.ts';
const NEST = readFileSync(join(import.meta.dirname, 'nested-view.txt'), 'utf8');
const FLAT = `export function createPatient(a) {\n  if (!a) return no();\n  return yes();\n}\n`;

test('the nest is refused at its deepest line, with the way there', () => {
  const { findings } = judged({ [VIEW]: NEST });
  expect(findings).toMatchInlineSnapshot(`
    [
      {
        "expected": "At most three levels, of which at most two are conditions.",
        "location": {
          "file": "app/src/views/create-patient.ts",
          "line": 6,
        },
        "message": "createPatient goes four levels deep.",
        "observed": "Four levels, four of them conditions. Line 6 stands inside if (doctor !== null) › if (facility !== null) › if (entered.name !== '') › if (entered.birthDate !== '')",
        "ruleId": "nesting/too-deep",
        "tried": "Measure createPatient in app/src/views/create-patient.ts",
        "why": "A reader must hold every open condition in mind, and the answer to the first one stands a screen away from its question. That is where a branch gets lost when somebody adds a check.",
      },
    ]
  `);
});

test('guards are accepted, and their outline is shown', () => {
  const { findings, evidence } = judged({ [VIEW]: FLAT });
  expect(findings).toEqual([]);
  expect(evidence).toMatchObject([
    { kind: 'outline', functions: [{ name: 'createPatient', depth: 1, profile: [0, 1, 0, 0] }] },
  ]);
});

test.each([
  [
    'a new file that the view imports',
    { [VIEW]: `export * from '../a/b.js';`, 'app/src/a/b.ts': NEST },
    'nesting/too-deep',
  ],
  [
    'a file in JavaScript',
    { [VIEW]: `export * from './old.mjs';`, 'app/src/views/old.mjs': NEST },
    'nesting/too-deep',
  ],
  ['a file that was there', { [VIEW]: FLAT, 'app/src/models.ts': NEST }, 'nesting/grew-elsewhere'],
  ['a new file that nobody imports', { [VIEW]: FLAT, 'app/src/b.ts': NEST }, 'nesting/grew-elsewhere'],
  [
    'the name of a function that may be deep',
    { [VIEW]: FLAT, 'app/src/models.ts': NEST.replace('createPatient', 'facilityReport') },
    'nesting/grew-elsewhere',
  ],
])('a nest that moves into %s is found there', (_, files, rule) => {
  expect(judged(files).findings.map((f) => f.ruleId)).toEqual([rule]);
});

test('what other files had when they were shipped stays unsaid', () => {
  expect(judged({ [VIEW]: FLAT }).findings).toEqual([]);
  expect(shipped.text('app/src/views/reports.ts')).toContain('SECTION 4');
});

test('a file with a syntax error is named, and the others are judged', () => {
  const rules = judged({ [VIEW]: NEST, 'app/src/html.ts': 'export const = 1;' }).findings.map(
    (f) => f.ruleId,
  );
  expect(rules).toEqual(['source/syntax-error', 'nesting/too-deep']);
});

function judged(changes: Readonly<Record<string, string>>) {
  const findings: Parameters<Run['report']>[0][] = [];
  const evidence: Evidence[] = [];
  checkNesting({
    sources: {
      paths: [...new Set([...shipped.paths, ...Object.keys(changes)])].sort(),
      text: (path: string) => changes[path] ?? shipped.text(path),
    },
    report: (finding: (typeof findings)[number]) => void findings.push(finding),
    show: (proof: Evidence) => void evidence.push(proof),
  } as unknown as Run);
  return { findings: findings.map(({ evidence: _, ...rest }) => rest), evidence };
}
