import { WorkshopError } from '../model/workshop-error.ts';
import { headedSections } from './headed-sections.ts';

/** What a facilitator needs for one step. Each is Markdown. */
export interface FacilitatorNotes {
  readonly say: string;
  readonly ask: string;
  readonly watchFor: string;
  readonly timing: string;
}

/**
 * `steps/NN-slug/facilitator.md`: exactly four sections, in this order. Throws `STEP_TEXT_INVALID` naming what was
 * expected and what was found.
 */
export function parseFacilitatorNotes(text: string, file: string): FacilitatorNotes {
  const sections = headedSections(text);
  const found = sections.map(({ heading }) => heading);
  if (found.join('\n') !== NOTE_HEADINGS.join('\n')) {
    throw invalid(
      file,
      `expected the sections ${listed(NOTE_HEADINGS)}, in this order, found ${listed(found)}`,
    );
  }
  const empty = sections.find(({ body }) => body === '');
  if (empty !== undefined) throw invalid(file, `expected a text under "## ${empty.heading}", found nothing`);
  const [say = '', ask = '', watchFor = '', timing = ''] = sections.map(({ body }) => body);
  return { say, ask, watchFor, timing };
}

function listed(headings: readonly string[]): string {
  return headings.length === 0 ? 'none' : headings.map((heading) => `"## ${heading}"`).join(', ');
}

function invalid(file: string, fault: string): WorkshopError {
  return new WorkshopError('STEP_TEXT_INVALID', `${file} is not as it should be: ${fault}.`, {
    remedy: `Correct ${file}, then run \`npm run author verify\`.`,
  });
}

export const NOTE_HEADINGS = ['Say', 'Ask', 'Watch for', 'Timing'] as const;
