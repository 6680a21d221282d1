const SHIPPED_LINE = "export const greeting = 'Good moring';\n";
/** Lines between, so that a change at the end is not beside one at the beginning. */
const REST = "\n// Patients read it first.\n\nexport const tone = 'warm';\n";

export const SHIPPED_GREETING = `${SHIPPED_LINE}${REST}`;
export const SOLVED_GREETING = `export const greeting = 'Good morning';\n${REST}`;

/** A workshop of two judged steps that need no clinic and no database, and one that is not judged. */
export const SAMPLE_FILES: Readonly<Record<string, string>> = {
  'app/src/greeting.ts': `${SHIPPED_LINE}${REST}`,
  'app/src/farewell.ts': "export const farewell = 'Good bye';\n",

  'steps/01-spelling/step.json': stepJson('spelling', 'Spelling', 'app/src/greeting.ts', [
    { id: 'greets', title: 'There is a greeting' },
    { id: 'spelled-right', title: 'The greeting is spelled right' },
  ]),
  'steps/01-spelling/step.test.ts': testFile(`
  greets(run) {
    if (!(run.sources.text('app/src/greeting.ts') ?? '').includes('Good'))
      run.report({ ruleId: 'spelling/no-greeting', message: 'There is no greeting any more.' });
  },
  'spelled-right'(run) {
    const text = run.sources.text('app/src/greeting.ts') ?? '';
    if (!text.includes('moring')) return;
    run.report({
      ruleId: 'spelling/moring',
      message: 'The greeting is spelled wrong.',
      tried: 'read the text of app/src/greeting.ts',
      expected: 'Good morning',
      observed: 'Good moring',
      why: 'It is the first thing that a patient reads.',
      location: { file: 'app/src/greeting.ts', line: 1 },
      evidence: [{ kind: 'comparison', expected: 'Good morning', observed: 'Good moring' }],
    });
    run.report({ ruleId: 'spelling/no-name', message: 'Nobody is greeted by name.', level: 'note' });
  },`),
  'steps/01-spelling/guide.md': '# Spelling\n\nA patient reads this first.\n',
  'steps/01-spelling/hints.md':
    '## Read it aloud\n\nWhat does the greeting say?\n\n## Look closer\n\nA letter is missing.\n\n## The letter\n\n```ts\nmorning\n```\n',
  'steps/01-spelling/discussion.md': '# Discussion\n\nNames of things matter.\n',
  'steps/01-spelling/solution.patch': patch(
    'Spell it right',
    'greeting',
    "export const greeting = 'Good moring';",
    "export const greeting = 'Good morning';",
  ),

  'steps/02-manners/step.json': stepJson('manners', 'Manners', 'app/src/farewell.ts', [
    { id: 'wishes-well', title: 'The farewell wishes well' },
  ]),
  'steps/02-manners/step.test.ts': testFile(`
  'wishes-well'(run) {
    if (!(run.sources.text('app/src/farewell.ts') ?? '').includes('wish'))
      run.report({ ruleId: 'manners/curt', message: 'The farewell is curt.', location: { file: 'app/src/farewell.ts' } });
  },`),
  'steps/02-manners/guide.md': '# Manners\n',
  'steps/02-manners/hints.md': '## Be kind\n\nWish them well.\n',
  'steps/02-manners/discussion.md': '# Discussion\n',
  'steps/02-manners/solution.patch': patch(
    'Wish them well',
    'farewell',
    "export const farewell = 'Good bye';",
    "export const farewell = 'Good bye, we wish you well';",
  ),

  'steps/03-later/step.json': JSON.stringify({
    ...JSON.parse(stepJson('later', 'Later', 'app/src/farewell.ts', [])),
    judged: false,
  }),
  'steps/03-later/guide.md': '# Later\n',
  'steps/03-later/hints.md': 'Still to be written.\n',
  'steps/03-later/discussion.md': 'Still to be written.\n',
};

function stepJson(slug: string, title: string, file: string, checks: readonly object[]): string {
  return JSON.stringify({
    slug,
    title,
    summary: `What is wrong with ${slug}, in one sentence.`,
    minutes: 10,
    files: [file],
    judged: true,
    checks,
    needs: 'nothing',
  });
}

function testFile(checks: string): string {
  return `import { defineChecks } from '../../harness/checks.ts';

export default defineChecks(import.meta.dirname, {${checks}
});
`;
}

/** A patch of one line, as an author writes it. */
export function patch(
  title: string,
  name: string,
  before: string,
  after: string,
  refusedBy?: string,
): string {
  const rule = refusedBy === undefined ? '' : `Refused-by: ${refusedBy}\n`;
  return `Title: ${title}\n${rule}\n--- a/app/src/${name}.ts\n+++ b/app/src/${name}.ts\n@@ -1,1 +1,1 @@\n-${before}\n+${after}\n`;
}
