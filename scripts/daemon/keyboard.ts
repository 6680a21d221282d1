import { renderHint } from '../terminal/render-hint.ts';
import { renderList } from '../terminal/render-list.ts';
import { NOTHING_TO_RESET, renderReset, resetQuestion } from '../terminal/render-reset.ts';
import { renderSolution, SOLUTION_QUESTION } from '../terminal/render-solution.ts';
import { CTRL_C, CTRL_D } from '../terminal/keys.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { stepProgress } from '../../model/progress.ts';
import type { Daemon } from './daemon.ts';
import { openBrowser } from './open-browser.ts';

export interface KeyboardParts {
  readonly daemon: Pick<Daemon, 'feed' | 'steering' | 'guideUrl'> & {
    readonly workshop: Pick<Daemon['workshop'], 'catalogue'>;
  };
  readonly terminal: Pick<Terminal, 'out' | 'paint' | 'columns'>;
  quit(): void;
  onFault(error: unknown): void;
}

/** What each key does. A question that is open takes the next key: y is yes, anything else is no. */
export function createKeyboard({ daemon, terminal, quit, onFault }: KeyboardParts): (key: string) => void {
  const { steering, feed, workshop, guideUrl } = daemon;
  const { out, paint, columns } = terminal;
  let answer: ((yes: boolean) => void) | null = null;

  const ask = (question: string): Promise<boolean> => {
    out(`${question} [y/N]`);
    return new Promise((resolve) => (answer = resolve));
  };

  const go = async (offset: -1 | 1) => {
    const step = steering.beside(offset);
    if (step === null) return out(offset === 1 ? LAST_STEP : FIRST_STEP);
    await steering.open(step.slug);
  };

  const solution = async () => {
    const step = steering.current();
    const { doneAt, solutionRevealed } = stepProgress(feed.progress(), step.slug);
    if (doneAt === null && !solutionRevealed && !(await ask(SOLUTION_QUESTION))) return;
    out(renderSolution(step, await steering.solution(step.slug), paint));
  };

  const reset = async () => {
    const step = steering.current();
    const files = await steering.filesToReset(step.slug);
    if (files.length === 0) return out(NOTHING_TO_RESET(step));
    if (!(await ask(resetQuestion(step, files)))) return out(NOTHING_CHANGED);
    out(renderReset(step, files, await steering.reset(step.slug, files)));
  };

  const hint = async () => {
    const step = steering.current();
    out(`\n${renderHint(step, await steering.hint(step.slug), columns, paint)}`);
  };

  const actions: Readonly<Record<string, () => Promise<void> | void>> = {
    n: () => go(1),
    p: () => go(-1),
    h: hint,
    s: solution,
    r: () => steering.check(steering.current().slug),
    x: reset,
    l: () => out(`\n${renderList(workshop.catalogue, feed.progress(), paint)}`),
    o: () => openBrowser(guideUrl),
    '?': () => out(`\n${KEYS}`),
    q: quit,
    [CTRL_C]: quit,
    [CTRL_D]: quit,
  };

  return (key) => {
    if (answer !== null) {
      const say = answer;
      answer = null;
      say(key === 'y' || key === 'Y');
      if (key !== CTRL_C) return;
    }
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    Promise.resolve(action?.()).catch(onFault);
  };
}

export const KEYS = [
  'n next step       p previous step   l list the steps',
  'h hint            s solution        r run the checks again',
  'x reset the step  o open the guide  ? these keys   q quit',
].join('\n');
const LAST_STEP = 'This is the last step.';
const FIRST_STEP = 'This is the first step.';
const NOTHING_CHANGED = 'Nothing was changed.';
