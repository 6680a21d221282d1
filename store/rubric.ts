import { WorkshopError } from '../model/workshop-error.ts';
import { headedSections } from './headed-sections.ts';

/** What people of three levels would say about a step, as Markdown: what an answer is scored by. */
export interface Rubric {
  readonly junior: string;
  readonly midLevel: string;
  readonly senior: string;
}

/** The three sections of a discussion. Throws `RUBRIC_MISSING` naming the headings that are not there. */
export function rubricOf(discussion: string): Rubric {
  const sections = headedSections(discussion);
  const bodyOf = (heading: string) => sections.find((section) => section.heading === heading)?.body ?? '';
  const [junior = '', midLevel = '', senior = ''] = RUBRIC_HEADINGS.map(bodyOf);
  const missing = RUBRIC_HEADINGS.filter((heading) => bodyOf(heading) === '');
  if (missing.length === 0) return { junior, midLevel, senior };
  throw new WorkshopError(
    'RUBRIC_MISSING',
    `The rubric is read from three sections of discussion.md, and there is no text under ${missing
      .map((heading) => `"## ${heading}"`)
      .join(', ')}.`,
    { remedy: 'Write that section in the step’s discussion.md, with exactly this heading.' },
  );
}

export const RUBRIC_HEADINGS = [
  'What a junior engineer would say',
  'What a mid-level engineer would say',
  'What a senior engineer would say',
] as const;
