import type { StepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import type { Discussion } from '../../store/discussion.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { hang, wrap } from './wrap.ts';

interface Shown {
  readonly step: Step;
  readonly columns: number;
  readonly paint: Paint;
}

/** Every question by its number, and what was said to it. */
export function renderQuestions({
  step,
  questions,
  answers,
  columns,
  paint,
}: Shown & Pick<Discussion, 'questions'> & Pick<StepProgress, 'answers'>): string {
  const heading = paint.bold(`Step ${step.number} · ${step.title}: questions to ask`);
  if (questions.length === 0) return `${heading}\n\nIts discussion asks none.`;
  const items = questions.flatMap((question, index) => {
    const said = Object.hasOwn(answers, question) ? answers[question] : undefined;
    const mine = said === undefined ? [] : [paint.dim(hang('     ', printable(said.text), columns))];
    return [hang(`${String(index + 1).padStart(2)}.  `, question, columns), ...mine];
  });
  return [heading, '', ...items, '', paint.dim(ANSWER(step))].join('\n');
}

export function renderAnswered(step: Step, question: string, isRemoved: boolean): string {
  const what = isRemoved ? 'Your answer was taken back' : 'Your answer is kept';
  return `${what}: step ${step.number}, "${question}"\nnpm run report shows all that you said.`;
}

/** What engineers of each level would say, as their author wrote it. */
export function renderRubric({
  step,
  rubric,
  score,
  columns,
  paint,
}: Shown & Pick<Discussion, 'rubric'> & Pick<StepProgress, 'score'>): string {
  const sections = rubric.flatMap(({ level, text }) => [
    '',
    paint.bold(level),
    ...wrap(joined(text), columns),
  ]);
  const own = score === null ? 'You have not scored yourself yet.' : `You scored yourself as ${score.level}.`;
  const heading = paint.bold(`Step ${step.number} · ${step.title}: what would be said`);
  return [heading, ...sections, '', own, paint.dim(SCORE(step))].join('\n');
}

/** Lines of one paragraph become one, to be broken again at the width of the window. */
function joined(markdown: string): string {
  return markdown.replaceAll(/([^\n])\n(?=[^\n\s\-*\d>])/g, '$1 ');
}

const ANSWER = (step: Step) => `Answer one: npm run answer ${step.number} 1 "your answer"`;
const SCORE = (step: Step) => `Score yourself: npm run score ${step.number} junior|mid-level|senior`;
