import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { stepProgress } from '../../model/progress.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { answerQuestion } from '../../runner/discussion.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import { loadStepContent } from '../../store/step-content.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderAnswered, renderQuestions } from '../terminal/render-discussion.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Keeps an answer to a question of a step's discussion; without a question, lists them by number. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const [stepWord, numberWord, ...typed] = words;
    const step = chosenStep(stepWord, catalogue, progress);
    const { questions } = splitDiscussion((await loadStepContent(step)).discussion);
    const { answers } = stepProgress(progress, step.slug);
    const { columns, paint } = terminal;
    if (numberWord === undefined) {
      terminal.out(renderQuestions({ step, questions, answers, columns, paint }));
      return 0;
    }
    const question = /^\d+$/.test(numberWord) ? questions[Number(numberWord) - 1] : undefined;
    if (question === undefined) throw noQuestion(step.number, numberWord, questions.length);

    const answer = options.remove ? '' : await answerFrom(options.file, typed, terminal);
    if (answer.trim() === '' && !options.remove) throw usageError(NOTHING, USAGE);
    await answerQuestion({ step, questions, question, answer, record: (event) => journal.append(event) });
    terminal.out(renderAnswered(step, question, answer === ''));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

async function answerFrom(
  file: string | undefined,
  typed: readonly string[],
  terminal: Terminal,
): Promise<string> {
  if (file !== undefined && file !== '-') return readFile(file, 'utf8').catch(unreadable(file));
  if (file === undefined && typed.length > 0) return typed.join(' ');
  if (terminal.interactive) terminal.note(PROMPT);
  return readAll(terminal.stdin);
}

function unreadable(file: string) {
  return (cause: unknown): never => {
    throw new WorkshopError(
      'ANSWER_UNREADABLE',
      `The answer was to be read from ${file}, which could not be.`,
      {
        remedy: 'Name a text file that is there: npm run answer 7 3 -- --file answer.txt',
        cause,
      },
    );
  };
}

function noQuestion(step: number, word: string, last: number): WorkshopError {
  const there = last === 0 ? 'asks none' : `asks questions 1 to ${last}`;
  return usageError(
    `Question "${word}" of step ${step} was to be answered, and its discussion ${there}.`,
    USAGE,
  );
}

const NOTHING = 'An answer was to be saved, and there is none. To take one back: --remove';
const PROMPT = 'Write your answer. Ctrl+D on a line of its own ends it; Ctrl+C saves nothing.';
const USAGE = `Type it like this: npm run answer [step] [question] ["your answer"] [-- options]
  a step is a number or a slug; without a question, the list of them by number
  without an answer, it is read from what is piped or typed
  --file FILE   read it from a file; - is what is piped
  --remove      take an answer back`;
const GRAMMAR = {
  usage: USAGE,
  options: { file: 'text', remove: 'flag' },
  words: { least: 0, most: Infinity },
} as const;
