import { stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { LEVEL_NAMES } from '../components/score-form.ts';
import type { PageContext } from '../pages/page-context.ts';
import { withoutTitle } from '../pages/guide-text.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import type { StepContent } from '../../store/step-content.ts';
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
    ...(await split(context, glossary, { path: '/glossary', page: 'Glossary', prefix: 'term-' })),
    ...(await split(context, facilitator, {
      path: '/facilitator',
      page: 'For facilitators',
      prefix: 'facilitator-',
    })),
  ];
}

async function entriesOfStep(context: PageContext, step: Step): Promise<readonly Entry[]> {
  // Texts that are missing are named by the step's own page.
  const content = await context.source.content(step).catch(() => NO_CONTENT);
  const { guide, hints, discussion, facilitator } = content;
  const { doneAt, hintsRevealed } = stepProgress(context.source.progress(), step.slug);
  const path = `/steps/${step.slug}`;
  const name = `Step ${step.number}`;
  const passed = doneAt !== null || !step.judged;
  return [
    { href: path, page: name, title: step.title, text: step.summary, whole: true },
    ...(await split(context, guide, { path, page: `${name}, guide`, prefix: 'guide-' })),
    ...hints.slice(0, hintsRevealed).map((hint, index) => ({
      href: `${path}#hints`,
      page: `${name}, hint ${index + 1}`,
      title: /^#+ +(.*)/.exec(hint)?.[1] ?? '',
      text: '',
      whole: false,
    })),
    ...(passed
      ? await entriesOfDiscussion(context, discussion, `${path}/discussion`, `${name}, discussion`)
      : []),
    ...(await split(context, passed ? facilitator : null, {
      path: `/facilitator/${step.slug}`,
      page: `${name}, for facilitators`,
      prefix: 'notes-',
    })),
  ];
}

/** Its questions and levels have places of their own on the page. */
async function entriesOfDiscussion(
  context: PageContext,
  text: string,
  path: string,
  page: string,
): Promise<readonly Entry[]> {
  const { points, questions, rubric, reading } = splitDiscussion(withoutTitle(text));
  const placed = [
    ...questions.map((question, index) => ({
      id: `question-${index + 1}`,
      title: 'A question',
      text: question,
    })),
    ...rubric.map(({ level, text: said }) => ({
      id: `level-${level}`,
      title: LEVEL_NAMES[level],
      text: said,
    })),
  ];
  const plain = placed.map(async ({ id, title, text: written }) => {
    const [section] = await context.markdown.sections(written).catch(() => []);
    return { href: `${path}#${id}`, page, title, text: section?.text ?? '', whole: false };
  });
  return [
    ...(await split(context, points, { path, page, prefix: 'discussion-points-' })),
    ...(await Promise.all(plain)),
    ...(await split(context, reading, { path, page, prefix: 'discussion-reading-' })),
  ];
}

async function split(
  { markdown }: PageContext,
  text: string | null,
  { path, page, prefix }: { readonly path: string; readonly page: string; readonly prefix: string },
): Promise<readonly Entry[]> {
  if (text === null) return [];
  // A text that cannot be read says so on its own page; the others can still be searched.
  const sections = await markdown.sections(withoutTitle(text), prefix).catch(() => []);
  return sections.map((section) => ({
    href: section.id === null ? path : `${path}#${section.id}`,
    page,
    title: section.title === '' ? page : section.title,
    text: section.text,
    whole: false,
  }));
}

const NO_CONTENT: StepContent = { guide: '', hints: [], discussion: '', facilitator: null };
