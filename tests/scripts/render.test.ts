import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/step.ts';
import type { Verdict } from '../../model/verdict.ts';
import { foldProgress } from '../../model/progress.ts';
import { createPaint } from '../../scripts/terminal/paint.ts';
import { printable, shortened } from '../../scripts/terminal/printable.ts';
import { foldFinding, renderFinding } from '../../scripts/terminal/render-finding.ts';
import { renderCheck } from '../../scripts/terminal/render-check.ts';
import { renderList } from '../../scripts/terminal/render-list.ts';
import { renderVerdict } from '../../scripts/terminal/render-verdict.ts';
import { hang, wrap } from '../../scripts/terminal/wrap.ts';

const plain = createPaint(false);
const STEP: Step = {
  slug: 'redundant-queries',
  title: 'Redundant queries',
  summary: 'One page asks the same question forty times.',
  minutes: 40,
  files: ['app/src/views/facilities.ts'],
  after: [],
  judged: true,
  checks: [
    { id: 'counts', title: 'A page asks once' },
    { id: 'answers', title: 'The answer is right' },
  ],
  needs: 'database',
  clinicPath: null,
  number: 6,
  directory: 'steps/06-redundant-queries',
};
const FINDING: Finding = {
  ruleId: 'queries/n-plus-one',
  level: 'error',
  message: 'The list of facilities sends more statements the more facilities there are.',
  tried: 'GET /facilities with 3 and with 12 facilities',
  expected: 'as many statements both times',
  observed: '7 statements, then 25',
  why: 'With 300 facilities the page takes seconds.',
  location: { file: 'app/src/views/facilities.ts', line: 31, column: 5 },
  evidence: [
    {
      kind: 'statements',
      request: 'GET /facilities',
      statements: [
        statement('SELECT id, name\n  FROM facilities', null),
        statement('SELECT count(*) FROM patient_directory WHERE facility_name = $1', {
          code: '42601',
          message: 'syntax error',
        }),
      ],
      marks: [],
    },
  ],
};

test('a finding says what was tried, expected and observed, where, why, and what proves it', () => {
  expect(renderFinding(FINDING, 72, plain)).toMatchInlineSnapshot(`
    "  The list of facilities sends more statements the more facilities there
      are.
        tried     GET /facilities with 3 and with 12 facilities
        expected  as many statements both times
        observed  7 statements, then 25
        where     app/src/views/facilities.ts:31:5
        why       With 300 facilities the page takes seconds.
        rule      queries/n-plus-one
        2 statements caused by GET /facilities
          1  (12 rows, 1.2 ms)  SELECT id, name FROM facilities
          2  (error 42601)  SELECT count(*) FROM patient_directory WHERE f …"
  `);
});

test('a folded finding is one line that fits', () => {
  const line = foldFinding(FINDING, 72, plain);
  expect(line).toMatchInlineSnapshot(
    `"  ✗ The list of facilities sends mor …  app/src/views/facilities.ts:31:5"`,
  );
  expect(line.length).toBeLessThanOrEqual(72);
});

test('a check that was not reached names what failed before', () => {
  expect(renderCheck(STEP, { id: 'answers', outcome: 'blocked', by: 'counts' }, plain)).toMatchInlineSnapshot(
    `"  – not reached    The answer is right  because this failed: A page asks once"`,
  );
});

describe('a verdict', () => {
  const view = { step: STEP, checks: [], durationMs: 1240, paint: plain, columns: 72 };

  test('that failed shows the first finding in full and folds the rest', () => {
    const other: Finding = {
      ruleId: 'queries/twins',
      level: 'error',
      message: 'Two statements are the same.',
    };
    const note: Finding = { ruleId: 'queries/slow', level: 'note', message: 'One statement is slow.' };
    const verdict: Verdict = { outcome: 'failed', findings: [{ ...FINDING, evidence: [] }, other, note] };
    expect(renderVerdict({ ...view, verdict })).toMatchInlineSnapshot(`
      "✗ Failed  0 of 2 checks pass, 1.2 s

        The list of facilities sends more statements the more facilities there
        are.
          tried     GET /facilities with 3 and with 12 facilities
          expected  as many statements both times
          observed  7 statements, then 25
          where     app/src/views/facilities.ts:31:5
          why       With 300 facilities the page takes seconds.
          rule      queries/n-plus-one

      Also found:
        ✗ Two statements are the same.

      Notes, which fail nothing:
        · One statement is slow."
    `);
  });

  test('that errored says first that it is not about the learner’s code', () => {
    const problem = {
      code: 'DATABASE_UNREACHABLE',
      message: 'PostgreSQL does not answer.',
      remedy: 'Start it.',
    };
    expect(renderVerdict({ ...view, verdict: { outcome: 'errored', problem } })).toMatchInlineSnapshot(`
      "! The judge could not run  0 of 2 checks pass, 1.2 s
      This is not about your code.
      ! PostgreSQL does not answer.
        → Start it."
    `);
  });

  test('that passed is short', () => {
    expect(renderVerdict({ ...view, verdict: { outcome: 'passed', notes: [] } })).toMatchInlineSnapshot(
      `"✓ Passed  all 2 checks pass, 1.2 s"`,
    );
  });

  test('that was cancelled decided nothing', () => {
    const verdict = { outcome: 'cancelled', reason: 'interrupted' } as const;
    expect(renderVerdict({ ...view, verdict })).toContain('it decided nothing');
  });
});

test.each<[Evidence, string]>([
  [
    { kind: 'exchange', request: { method: 'GET', path: '/x?y=1' }, response: { status: 500, body: 'no' } },
    '500  no',
  ],
  [{ kind: 'source-marks', file: 'app/a.ts', lines: 9, marks: [mark(3)] }, 'app/a.ts:3:1  too deep'],
  [{ kind: 'comparison', expected: 'one', observed: 'two' }, '- two'],
  [{ kind: 'schema', tables: [table()], relations: [] }, 'patients.age: grows stale'],
  [{ kind: 'outline', functions: [] }, '0 functions'],
  [{ kind: 'dependencies', packages: [unused()] }, 'sharp 1.0.0  never imported'],
  [{ kind: 'layers', layers: [layer()] }, 'line 4 COPY: a key in app/.secrets (tar -xOf layer.tar)'],
])('evidence of the kind $kind comes down to a few lines', (evidence, words) => {
  expect(renderFinding({ ...FINDING, evidence: [evidence] }, 90, plain)).toContain(words);
});

test('the clinic can’t paint over a verdict: what moves cursors is taken out', () => {
  const hostile = { ...FINDING, observed: '\u001b[2J\u001b[1;1H✓ Passed\u0007\u202e' };
  const shown = renderFinding(hostile, 72, plain);
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(printable('a\tb\r\nc\u001b]0;title\u0007')).toBe('a  b\nc·]0;title·');
});

test('colours are never the only sign: without them the words are the same', () => {
  const coloured = renderFinding(FINDING, 72, createPaint(true));
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderFinding(FINDING, 72, plain));
});

test('a list of no steps is still a list', () => {
  expect(renderList([], foldProgress([]), plain)).toContain('0 of 0 done');
});

test('text is broken between words, and a longer word stands alone', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('a incomprehensibilities b', 6)).toEqual(['a', 'incomprehensibilities', 'b']);
  expect(wrap('kept\n\n  as it is', 40)).toEqual(['kept', '', '  as it is']);
  expect(hang('- ', 'one two three four five', 20)).toBe('- one two three four\n  five');
  expect(shortened('abcdef', 3)).toBe('abc …');
});

function statement(sql: string, error: { code: string; message: string } | null) {
  return { sql, parameters: [], rows: 12, milliseconds: 1.24, startedAt: 0, error };
}

function mark(line: number) {
  return { line, column: 1, endLine: line, endColumn: 9, kind: 'depth', label: 'too deep' };
}

function table() {
  const age = {
    name: 'age',
    type: 'integer',
    nullable: true,
    key: 'none',
    suspicion: 'grows stale',
  } as const;
  return { name: 'patients', columns: [age], rows: 12 };
}

function unused() {
  return {
    name: 'sharp',
    version: '1.0.0',
    bytes: 1,
    direct: true,
    used: false,
    advisories: [],
    requires: [],
  };
}

function layer() {
  const leak = { path: 'app/.secrets', what: 'a key', command: 'tar -xOf layer.tar' };
  return { instruction: 'COPY', line: 4, bytes: 1, wasted: 0, exact: true, leaks: [leak] };
}
