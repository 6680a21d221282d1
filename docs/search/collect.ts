import { stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import type { PageContext } from '../pages/page-context.ts';
import { withoutTitle } from '../pages/guide-text.ts';
import type { Entry } from './entry.ts';

/**
 * What may be found now. Whatever gives a fix away is left out until its step has passed: the discussion and the notes for
 * facilitators, the text of hints always, and the titles of hints that were not asked for.
 */
export async function collectEntries(context: PageContext): Promise<readonly Entry[]> {
  const { source } = context;
  const [ofSteps, glossary, facilitator] = await Promise.all([
    Promise.all(source.steps().map((step) => entriesOfStep(context, step))),
    source.text('glossary'),
    source.text('facilitator'),
  ]);
  return [
    ...ofSteps.flat(),
    ...split(context, glossary, { path: '/glossary', page: 'Glossary', prefix: 'term-' }),
    ...split(context, facilitator, {
      path: '/facilitator',
      page: 'For facilitators',
      prefix: 'facilitator-',
    }),
  ];
}

async function entriesOfStep(context: PageContext, step: Step): Promise<readonly Entry[]> {
  const { guide, hints, discussion, facilitator } = await context.source.content(step);
  const { doneAt, hintsRevealed } = stepProgress(context.source.progress(), step.slug);
  const path = `/steps/${step.slug}`;
  const name = `Step ${step.number}`;
  const passed = doneAt !== null || !step.judged;
  return [
    { href: path, page: name, title: step.title, text: step.summary, whole: true },
    ...split(context, guide, { path, page: `${name}, guide`, prefix: 'guide-' }),
    ...hints.slice(0, hintsRevealed).map((hint, index) => ({
      href: `${path}#hints`,
      page: `${name}, hint ${index + 1}`,
      title: /^#+ +(.*)/.exec(hint)?.[1] ?? '',
      text: '',
      whole: false,
    })),
    ...split(context, passed ? discussion : null, {
      path: `${path}/discussion`,
      page: `${name}, discussion`,
      prefix: 'discussion-',
    }),
    ...split(context, passed ? facilitator : null, {
      path: `/facilitator/${step.slug}`,
      page: `${name}, for facilitators`,
      prefix: 'notes-',
    }),
  ];
}

function split(
  { markdown }: PageContext,
  text: string | null,
  { path, page, prefix }: { readonly path: string; readonly page: string; readonly prefix: string },
): readonly Entry[] {
  if (text === null) return [];
  return sectionsOrNone(() => markdown.sections(withoutTitle(text), prefix)).map((section) => ({
    href: section.id === null ? path : `${path}#${section.id}`,
    page,
    title: section.title === '' ? page : section.title,
    text: section.text,
    whole: false,
  }));
}

/** A text that cannot be read says so on its own page; the others can still be searched. */
function sectionsOrNone<Section>(read: () => readonly Section[]): readonly Section[] {
  try {
    return read();
  } catch {
    return [];
  }
}
