import type { StepProgress } from '../../../model/progress.ts';
import type { Html } from '../html.ts';
import { verdictBox } from './verdict-box.ts';
import type { VerdictView } from './verdict-view.ts';

export type DrawVerdict = (view: VerdictView) => Html;

/**
 * Draws each state of a step once: every open page asks for its box at each event, and one with all its evidence has
 * thousands of pieces. A state is an object of its own, which the fold replaces and never changes.
 */
export function createVerdicts(): DrawVerdict {
  const kept = new WeakMap<StepProgress, { readonly view: VerdictView; readonly box: Html }>();
  return (view) => {
    const known = kept.get(view.progress);
    if (known !== undefined && isSame(known.view, view)) return known.box;
    const box = verdictBox(view);
    kept.set(view.progress, { view, box });
    return box;
  };
}

function isSame(one: VerdictView, two: VerdictView): boolean {
  return one.step === two.step && one.watched === two.watched && one.token === two.token;
}
