import { NOTE_HEADINGS } from '../store/facilitator-notes.ts';
import { PLACEHOLDER, SECTIONS } from './verify-sections.ts';

/** The files of a new step by name. Each placeholder is a sentence that `author verify` asks to be replaced. */
export function scaffoldTexts(step: {
  readonly slug: string;
  readonly title: string;
  readonly number: number;
}): Readonly<Record<string, string>> {
  return {
    'step.json': stepJson(step.slug, step.title),
    'step.test.ts': testFile(step.slug),
    'guide.md': guide(step.title, step.number),
    'hints.md': HINTS,
    'discussion.md': discussion(step.title),
    'facilitator.md': FACILITATOR,
  };
}

function stepJson(slug: string, title: string): string {
  const step = {
    slug,
    title,
    summary: `${PLACEHOLDER} what is wrong and whom it hurts, in one sentence.`,
    minutes: 30,
    files: ['app/src/app.ts'],
    after: [],
    judged: true,
    checks: [
      { id: 'flaw-is-gone', title: 'The flaw is gone' },
      { id: 'still-works', title: 'What was right still works' },
    ],
    needs: 'database',
    clinicPath: '/facilities',
  };
  return `${JSON.stringify(step, null, 2)}\n`;
}

/** It refuses everything until it is written, so that an unfinished step passes nobody. */
function testFile(slug: string): string {
  return `import { defineChecks } from '../../harness/checks.ts';

export default defineChecks(import.meta.dirname, {
  'flaw-is-gone'(run) {
    run.report({
      ruleId: '${slug}/not-written',
      message: 'This check is still to be written: show the flaw by what the clinic does.',
    });
  },

  async 'still-works'(run) {
    const { visitor } = await run.clinic();
    const answer = await visitor.get('/healthz');
    if (answer.status === 200) return;
    run.report({
      ruleId: '${slug}/clinic-broken',
      message: 'The clinic does not answer as it did.',
      tried: 'GET /healthz',
      expected: '200',
      observed: String(answer.status),
    });
  },
});
`;
}

function guide(title: string, number: number): string {
  const sections = sectionsOf('guide.md').map((heading) => {
    const command = heading === 'How to try' ? `\n\`\`\`sh\nnpm run check ${number}\n\`\`\`\n` : '';
    return `## ${heading}\n\n${PLACEHOLDER} ${GUIDE[heading] ?? heading}\n${command}`;
  });
  return [
    `# ${title}\n`,
    `${PLACEHOLDER} the harm, as somebody meets it in the running clinic.\n`,
    ...sections,
  ].join('\n');
}

function discussion(title: string): string {
  const points = `## Points to discuss\n\n${PLACEHOLDER} what the flaw costs, and what each way of mending it costs.\n`;
  const sections = sectionsOf('discussion.md').map(
    (heading) => `## ${heading}\n\n${PLACEHOLDER} ${heading.toLowerCase()}.\n`,
  );
  return [`# ${title}: discussion\n`, points, ...sections].join('\n');
}

const sectionsOf = (file: 'guide.md' | 'discussion.md') =>
  SECTIONS.filter((section) => section.file === file).map(({ heading }) => heading);

const GUIDE: Readonly<Record<string, string>> = {
  'See it hurt': 'where to click in the clinic, and what to see there that should not be.',
  'What to do': 'what to change, and what must stay as it is.',
  'What is checked': 'what the checks try, in the order in which they try it.',
  'How to try': 'what to look at besides the verdict.',
  "What this test can't see": 'the honest limits of the checks.',
};

const HINTS = [
  `## Where to look\n\n${PLACEHOLDER} the mildest hint: the place.\n`,
  `## What to look for\n\n${PLACEHOLDER} the idea that helps.\n`,
  `## How to change it\n\n${PLACEHOLDER} nearly the fix.\n`,
].join('\n');

const FACILITATOR = NOTE_HEADINGS.map(
  (heading) => `## ${heading}\n\n${PLACEHOLDER} for whoever leads a group through this step.\n`,
).join('\n');
