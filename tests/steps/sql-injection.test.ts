import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Engine, startEngine } from '../../database/engine.ts';
import type { Finding } from '../../model/finding.ts';
import { type Step, stepFileSchema } from '../../model/step.ts';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { applyPatch, parsePatch } from '../../store/patches.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DIRECTORY = join(ROOT, 'steps', '07-sql-injection');
const SEARCH = 'app/src/views/search.ts';

let home: string;
let engine: Engine;
let judge: Judge;
let step: Step;
let baseline: FileTree;

beforeAll(async () => {
  // The judge is no test of vitest's, although its parent is.
  vi.stubEnv('VITEST', undefined);
  home = await mkdtemp(join(tmpdir(), 'second-opinion-injection-'));
  engine = await startEngine({ home: join(home, 'engine') });
  judge = createJudge({ root: ROOT, database: { address: { ...engine.address } } });
  const file = stepFileSchema.parse(JSON.parse(await readFile(join(DIRECTORY, 'step.json'), 'utf8')));
  step = { ...file, number: 7, directory: DIRECTORY };
  baseline = await (await openWorkspace({ root: ROOT })).baseline();
});
afterEach(() => rm(join(home, 'app'), { recursive: true, force: true, maxRetries: 5 }));
afterAll(async () => {
  await judge.close();
  await engine.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  vi.unstubAllEnvs();
});

async function judged(tree: FileTree) {
  for (const [path, content] of tree) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), content);
  }
  const signal = new AbortController().signal;
  return judge.run({ run: 'test', step, app: join(home, 'app'), seed: 7, signal });
}

async function patched(patch: string): Promise<FileTree> {
  const file = join(DIRECTORY, patch);
  return applyPatch(baseline, parsePatch(await readFile(file, 'utf8'), file));
}

function withSearch(tree: FileTree, change: (text: string) => string): FileTree {
  const text = tree.get(SEARCH)?.toString() ?? '';
  expect(change(text)).not.toBe(text);
  return new Map(tree).set(SEARCH, Buffer.from(change(text)));
}

/** Without what differs from machine to machine; the run's own letters come from its seed. */
const told = ({ ruleId, message, tried, expected, observed, why, location }: Finding) => ({
  ruleId,
  message,
  tried,
  expected,
  observed,
  why,
  at: `${location?.file}:${location?.line}`,
});

test('the clinic as shipped fails in every check, and is told so', async () => {
  const { verdict, checks } = await judged(baseline);
  expect(verdict.outcome).toBe('failed');
  const first = checks.flatMap<unknown>((check) =>
    check.outcome === 'failed' ? check.findings.slice(0, 1).map(told) : [check],
  );
  expect(first).toMatchInlineSnapshot(`
    [
      {
        "at": "app/src/views/search.ts:25",
        "expected": "A page that lists Sean O'Brien, born 1971-05-06.",
        "message": "A search for "O'Brien" does not find Sean O'Brien.",
        "observed": "Status 500, "syntax error at or near "Brien"". PostgreSQL had refused a statement: syntax error at or near "Brien" (SQLSTATE 42601). Listed: nobody.",
        "ruleId": "injection/search-broken",
        "tried": "GET /patients/search?name=O'Brien as a doctor of the facility where Sean O'Brien is a patient",
        "why": "The apostrophe is part of a name, and the end of a text in SQL. That this search fails is the same flaw by which others read what they may not.",
      },
      {
        "at": "app/src/views/search.ts:25",
        "expected": "The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.",
        "message": "The name of the search is part of a statement's text, and PostgreSQL reads it as SQL.",
        "observed": "PostgreSQL was sent: SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory WHERE name ILIKE '%bfklbct' OR 1=1 --%' AND facility_name IN (SELECT f.name FROM facilities f JOIN facility_doctors fd ON fd.facility_id = f.id WHERE fd.doctor_id = 2) ORDER BY name, id LIMIT 50",
        "ruleId": "injection/input-in-statement",
        "tried": "GET /patients/search?name=bfklbct'%20OR%201=1%20--, where name is: bfklbct' OR 1=1 --",
        "why": "Whoever decides what the statement says decides what it does: list another facility, show the password hashes, change records.",
      },
      {
        "at": "app/src/views/search.ts:27",
        "expected": "The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.",
        "message": "The sort of the search is part of a statement's text, and PostgreSQL reads it as SQL.",
        "observed": "PostgreSQL was sent: SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory WHERE name ILIKE '%klmxsrjk%' AND facility_name IN (SELECT f.name FROM facilities f JOIN facility_doctors fd ON fd.facility_id = f.id WHERE fd.doctor_id = 2) ORDER BY (SELECT /*bfklbct*/ password_hash FROM doctors LIMIT 1), id LIMIT 50",
        "ruleId": "injection/sort-in-statement",
        "tried": "GET /patients/search?name=klmxsrjk&sort=(SELECT%20/*bfklbct*/%20password_hash%20FROM%20doctors%20LIMIT%201), where sort is: (SELECT /*bfklbct*/ password_hash FROM doctors LIMIT 1)",
        "why": "Whoever decides what the statement says decides what it does: list another facility, show the password hashes, change records.",
      },
      {
        "at": "app/src/views/search.ts:51",
        "expected": "Status 200 and text/csv.",
        "message": "The export of St. Mary's Hospital fails.",
        "observed": "Status 500, "syntax error at or near "s"". PostgreSQL had refused a statement: syntax error at or near "s" (SQLSTATE 42601). Content-Type: text/html; charset=utf-8.",
        "ruleId": "injection/export-broken",
        "tried": "GET /patients/export?facility=2 as a doctor of St. Mary's Hospital",
        "why": "The name of this facility comes out of the database, and it ends the text that it is put into all the same.",
      },
      {
        "at": "app/src/views/search.ts:51",
        "expected": "The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.",
        "message": "The stored name of the facility is part of a statement's text, and PostgreSQL reads it as SQL.",
        "observed": "PostgreSQL was sent: SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory WHERE facility_name = 'bfklbct' OR 1=1 --' ORDER BY id",
        "ruleId": "injection/second-order",
        "tried": "Rename North Clinic to "bfklbct' OR 1=1 --", then GET /patients/export?facility=1",
        "why": "Whoever decides what the statement says decides what it does: list another facility, show the password hashes, change records.",
      },
      {
        "at": "app/src/views/search.ts:24",
        "expected": "The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.",
        "message": "The name in a list is part of a statement's text, and PostgreSQL reads it as SQL.",
        "observed": "PostgreSQL was sent: SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory WHERE name ILIKE '%klmxsrjk,bfklbct' OR 1=1 --%' AND facility_name IN (SELECT f.name FROM facilities f JOIN facility_doctors fd ON fd.facility_id = f.id WHERE fd.doctor_id = 2) ORDER BY name, id LIMIT 50",
        "ruleId": "injection/list-in-statement",
        "tried": "GET /patients/search?name=klmxsrjk&name=bfklbct'%20OR%201=1%20--, where the last name is: bfklbct' OR 1=1 --",
        "why": "Whoever decides what the statement says decides what it does: list another facility, show the password hashes, change records.",
      },
      {
        "at": "app/src/views/search.ts:25",
        "expected": "The input is not in the text, or it changes nothing there but a constant: PostgreSQL reads the same tree.",
        "message": "The name of the search is part of a statement's text, and PostgreSQL reads it as SQL.",
        "observed": "PostgreSQL was sent: SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory WHERE name ILIKE '%bfklbct\\''\\' OR 1=1 --%' AND facility_name IN (SELECT f.name FROM facilities f JOIN facility_doctors fd ON fd.facility_id = f.id WHERE fd.doctor_id = 2) ORDER BY name, id LIMIT 50 It answered: syntax error at or near "\\" (SQLSTATE 42601).",
        "ruleId": "injection/backslash",
        "tried": "With standard_conforming_strings off: GET /patients/search?name=bfklbct%5C''%5C'%20OR%201=1%20--, where name is: bfklbct\\''\\' OR 1=1 --",
        "why": "Whether \\' ends a text depends on a setting of the server. Code that escapes by hand is right for one value of it and wrong for the other.",
      },
    ]
  `);
});

test('its statements are shown with the input lit and both trees', async () => {
  const { checks } = await judged(baseline);
  const name = checks.find(({ id }) => id === 'search-name');
  const [finding] = name?.outcome === 'failed' ? name.findings : [];
  const [proof] = finding?.evidence ?? [];
  expect(proof?.kind).toBe('statements');
  if (proof?.kind !== 'statements') return;
  const [mark] = proof.marks;
  const sql = proof.statements[mark?.statement ?? 0]?.sql ?? '';
  expect(sql.slice(mark?.start, mark?.end)).toMatch(/^[a-z]{7}' OR 1=1 --$/);
  const [trees] = proof.trees ?? [];
  expect(trees?.statement).toBe(mark?.statement);
  expect(trees?.tree).toMatch(/^SELECT\n[^]*\n {2}where\n {4}OR\n/);
  expect(trees?.twin).toMatch(/^SELECT\n[^]*\n {2}where\n {4}AND\n/);
});

test('the solution passes, and a hostile search is shown all the same', async () => {
  const { verdict, checks } = await judged(await patched('solution.patch'));
  expect(verdict).toEqual({ outcome: 'passed', notes: [] });
  const shown = checks.flatMap((check) => (check.outcome === 'passed' ? check.evidence : []));
  expect(shown.map((proof) => proof.kind)).toEqual(['statements', 'statements']);
});

test('an object that inherits is a note and no failure', async () => {
  const solution = await patched('solution.patch');
  const tree = withSearch(solution, (text) =>
    text.replace(
      "return SORTS.some(([column]) => column === sort) ? sort : 'name';",
      'return ({ name: "name", birth_date: "birth_date", age: "age" } as Record<string, string>)[sort] ?? "name";',
    ),
  );
  const { verdict } = await judged(tree);
  expect(verdict.outcome).toBe('passed');
  expect(verdict.outcome === 'passed' ? verdict.notes.map(({ ruleId }) => ruleId) : []).toEqual([
    'injection/inherited-key',
  ]);
});

test('a learner who can’t create patients any more is told that, and nothing else of theirs is doubted', async () => {
  const solution = await patched('solution.patch');
  const form = 'app/src/views/create-patient.ts';
  const text = solution.get(form)?.toString().replaceAll("entered.name !== ''", "entered.name === ''") ?? '';
  const { checks } = await judged(new Map(solution).set(form, Buffer.from(text)));
  const rules = checks.flatMap((check) =>
    check.outcome === 'failed' ? check.findings.map(({ ruleId }) => `${check.id} ${ruleId}`) : [],
  );
  expect(rules).toEqual([
    'search-works injection/no-new-patient',
    'sort-and-limit injection/no-new-patient',
    'export-works injection/no-new-patient',
  ]);
});

test('the same seed finds the same, in the same words', async () => {
  const tree = withSearch(await patched('solution.patch'), (text) =>
    text.replace('${sortColumn(sort)}', '${sort}'),
  );
  const [one, other] = [await judged(tree), await judged(tree)];
  const words = ({ verdict }: typeof one) =>
    verdict.outcome === 'failed' ? verdict.findings.map(told) : verdict;
  expect(words(one)).toEqual(words(other));
});
