import type { Report, ReportedStep } from '../../model/report.ts';
import type { Step } from '../../model/step.ts';
import type { StepContent } from '../../store/step-content.ts';
import { sampleContent } from './sample-steps.ts';

export const QUESTION = 'Why does a `quote` end the value?';

/** Every step with a discussion that asks two questions. */
export function withQuestions(step: Step): StepContent {
  return { ...sampleContent(step), discussion: DISCUSSION };
}

/** Two steps of a report: one fixed, with everything that can be told; one that broke again. `text` is the learner's. */
export function sampleReport(text: string, lines = 1): Report {
  const at = '2026-03-03T14:03:00.000Z';
  const added = `+${text}\n`.repeat(lines);
  const diff = `--- a/app/src/search.ts\n+++ b/app/src/search.ts\n@@ -1,1 +1,${lines} @@\n${added}`;
  const fixed: ReportedStep = {
    number: 7,
    slug: 'sql-injection',
    title: 'SQL injection',
    summary: 'Text becomes a statement.',
    state: 'done',
    startedAt: at,
    doneAt: at,
    workedMs: 65 * 60_000,
    runs: 4,
    hints: { used: 2, of: 4 },
    solution: 'seen before passing',
    files: [{ path: 'app/src/search.ts', diff, added: lines, removed: 0, shownUnder: null }],
    answers: [{ question: QUESTION, text: `${text}\nsecond line`, at }],
    questions: 2,
    score: { level: 'mid-level', at },
    open: [],
  };
  const broken: ReportedStep = {
    ...fixed,
    number: 8,
    slug: 'bloated-dockerfile',
    title: 'A bloated Dockerfile',
    state: 'regressed',
    files: [{ path: 'app/src/search.ts', diff: '', added: 1, removed: 0, shownUnder: 7 }],
    answers: [],
    score: null,
    open: ['The image is small'],
  };
  return { at, done: 1, of: 2, steps: [fixed, broken] };
}

const DISCUSSION = `# Discussion

## Points to discuss

- **What the flaw is.** Data and instructions in one channel.

## What a junior engineer would say

“I would escape the quotes.”

## What a mid-level engineer would say

“Parameters, everywhere.”

## What a senior engineer would say

“Values travel as parameters, and names come from a list.”

## Questions to ask

1. ${QUESTION}
2. What can a parameter not stand for?

## Further reading

- [Prepare](https://www.postgresql.org/docs/current/sql-prepare.html)
`;
