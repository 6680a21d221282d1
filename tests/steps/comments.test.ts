import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkNewComments, checkReasons, checkRepeating } from '../../steps/04-comments/text.ts';
import { textRun } from './text-run.ts';

const VIEW = 'app/src/views/notes.ts';
const shipped = await readFile(join(import.meta.dirname, '..', '..', VIEW), 'utf8');
/** As somebody leaves it who solves this step before the one on style. */
const cleaned = shipped.replaceAll(/\/\/ This function .*\n(\/\/ .*\n){2}/g, '');

async function judge(text: string, more: Readonly<Record<string, string>> = {}) {
  const { run, reported, shown } = textRun({ [VIEW]: text, ...more });
  await checkRepeating(run);
  await checkReasons(run);
  await checkNewComments(run);
  return { reported, shown, rules: reported.map(({ ruleId, level }) => level ?? ruleId) };
}

test('all ten comments are found as shipped, and the three reasons', async () => {
  const { rules, shown } = await judge(shipped);
  expect(rules).toEqual(Array(10).fill('comments/restates'));
  const [marks] = shown;
  expect(marks?.kind === 'source-marks' && marks.marks.map(({ kind }) => kind).sort()).toEqual([
    ...Array<string>(3).fill('reason'),
    ...Array<string>(10).fill('restates'),
  ]);
});

test('an untidy file without them passes: this step needs nothing of the one on style', async () => {
  expect((await judge(cleaned)).reported).toEqual([]);
});

test('a finding shows which words the code says itself', async () => {
  const { reported } = await judge(
    cleaned.replace('function preview', '// Preview of the note.\nfunction preview'),
  );
  expect(reported.map(({ message, observed }) => ({ message, observed }))).toMatchInlineSnapshot(`
    [
      {
        "message": "The comment at app/src/views/notes.ts, line 104, still says what preview says itself.",
        "observed": ""Preview of the note.". The code says these words itself: preview, note; nothing else.",
      },
    ]
  `);
});

const REWORDED = [
  ['paper', 'paper form', 'More than this does not fit on the printed sheet.'],
  ['print shop', 'paper form', 'The print shop truncates at 2,000; change its template first.'],
  ['law', 'records act', 'Required by law: ten years of retention. Hence no editing.'],
  ['legal', 'records act', 'For legal reasons there is neither an update nor a delete here.'],
  ['insurer', 'insurance', 'Insurers expect UTC.  Do not localise this.'],
  ['terse', 'insurance', 'UTC for insurers.'],
  ['bills', 'insurance', 'Ends up on bills, where local time leads to rejected claims.'],
] as const;

test.each(REWORDED)('the reason is still told by "%s"', async (_, part, words) => {
  const [block] = [...cleaned.matchAll(/(\/\/ .*\n)+/g)]
    .map(([lines]) => lines)
    .filter((lines) => lines.includes(part));
  expect(block).toBeDefined();
  expect((await judge(cleaned.replace(block ?? '', ''))).rules).toEqual(['comments/reason-lost']);
  expect((await judge(cleaned.replace(block ?? '', `// ${words}\n`))).reported).toEqual([]);
});

test('a reason counts in a file of its own too', async () => {
  const [lost = ''] = /(\/\/ The insurance.*\n(\/\/ .*\n)+)/.exec(cleaned) ?? [];
  const other = { 'app/src/views/times.ts': `${lost}export const zone = 'UTC';\n` };
  expect((await judge(cleaned.replace(lost, ''), other)).reported).toEqual([]);
});

test('one new comment that repeats is a note, two are errors', async () => {
  const one = cleaned.replace(
    '  await insertNote',
    '  // Insert the note of the patient\n  await insertNote',
  );
  expect((await judge(one)).rules).toEqual(['note']);
  const two = one.replace('  response.redirect', '  // Redirect to the notes url\n  response.redirect');
  expect((await judge(two)).rules).toEqual(['error', 'error']);
});
