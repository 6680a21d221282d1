import { type Level, LEVELS, type NewEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { nearest } from '../store/nearest.ts';

export interface AnswerRequest {
  readonly step: Step;
  /** Those that the step's discussion asks now. */
  readonly questions: readonly string[];
  /** One of them, by its text. */
  readonly question: string;
  /** As it was typed; an empty one takes an earlier one back. */
  readonly answer: string;
  record(event: NewEvent): Promise<unknown>;
}

/** Keeps what the learner says to a question. Throws `QUESTION_UNKNOWN`, `ANSWER_TOO_LONG`; nothing is kept then. */
export async function answerQuestion(request: AnswerRequest): Promise<void> {
  const { step, questions, question, record } = request;
  if (!questions.includes(question)) throw unknownQuestion(step, question);
  const answer = request.answer.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, '').trimEnd();
  if (answer.length > LONGEST_ANSWER) throw tooLong(answer.length);
  await record({ type: 'discussion.answered', slug: step.slug, question, answer });
}

/** Keeps how somebody scored themselves by the rubric. Throws `LEVEL_UNKNOWN`. */
export async function scoreDiscussion(
  step: Step,
  word: string,
  record: (event: NewEvent) => Promise<unknown>,
): Promise<Level> {
  const level = LEVELS.find((known) => known === word.trim().toLowerCase().replaceAll(/\s+/g, '-'));
  if (level === undefined) throw unknownLevel(word);
  await record({ type: 'discussion.scored', slug: step.slug, level });
  return level;
}

function unknownQuestion(step: Step, question: string): WorkshopError {
  const what =
    question === '' ? 'An answer was to be saved without its question' : 'An answer was to be saved';
  return new WorkshopError(
    'QUESTION_UNKNOWN',
    `${what}, and the discussion of step ${step.number} does not ask "${question}" (any more).`,
    { remedy: 'Copy your answer, load the page again and put it under the question that it belongs to.' },
  );
}

function tooLong(length: number): WorkshopError {
  const [given, most] = [length, LONGEST_ANSWER].map((number) => number.toLocaleString('en-GB'));
  return new WorkshopError(
    'ANSWER_TOO_LONG',
    `An answer of ${given} characters was to be saved, and at most ${most} are kept.`,
    { remedy: 'Shorten it and save it again. What was saved before stays.' },
  );
}

function unknownLevel(word: string): WorkshopError {
  const guess = nearest(word, LEVELS);
  const meant = guess === undefined ? '' : ` Did you mean "${guess}"?`;
  return new WorkshopError('LEVEL_UNKNOWN', `"${word}" is no level of the rubric.${meant}`, {
    remedy: `Choose one of ${LEVELS.join(', ')}.`,
  });
}

/** Characters. Some 1,500 words: more than anybody says in an interview. */
export const LONGEST_ANSWER = 10_000;
/** Controls and marks that reorder text: no page shows them as they are, so they would come back as something else. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
