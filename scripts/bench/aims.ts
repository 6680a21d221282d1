import type { Figure } from './figures.ts';
import { FAILED, INSTALLED, PACKAGES, PASSED } from './measure.ts';
import { FIRST_PAGE, MEMORY, OPEN_PAGE, WARM_PAGE } from './whole-workshop.ts';

export interface Aim {
  readonly aim: string;
  readonly found: string;
  /** `null` when it was not measured. */
  readonly met: boolean | null;
}

/** What the workshop wants to be, and what was measured. */
export function aimsOf(figures: readonly Figure[]): readonly Aim[] {
  return [
    savesBelowStock(
      figures,
      FAILED,
      'every step: a failing save is judged sooner than stock vitest runs an empty test',
    ),
    savesBelowStock(
      figures,
      PASSED,
      'every step: a passing save is judged sooner than stock vitest runs an empty test',
    ),
    below(figures, FIRST_PAGE, 1_000, 'the first guide page within a second of the process start'),
    below(figures, WARM_PAGE, 10, 'a warm guide page within 10 ms', 'p95'),
    below(figures, OPEN_PAGE, 100, 'an open page shows a verdict within 100 ms', 'p95'),
    below(figures, MEMORY, 400, 'all processes together below 400 MB'),
    below(figures, INSTALLED, 260, 'at most 260 MB installed'),
    below(figures, PACKAGES, 320, 'at most 320 packages installed'),
  ];
}

function savesBelowStock(figures: readonly Figure[], prefix: string, aim: string): Aim {
  const saves = figures.filter(({ name, ratio }) => name.startsWith(prefix) && ratio !== null);
  if (saves.length === 0) return { aim, found: 'not measured', met: null };
  const slower = saves.filter(({ ratio }) => ratio !== null && ratio >= 1);
  const shown = slower.map(({ name, ratio }) => `${/step \d+/.exec(name)?.[0]} ${ratio?.toFixed(2)} ×`);
  const found = `${saves.length - slower.length} of ${saves.length}${slower.length === 0 ? '' : `; not ${shown.join(', ')}`}`;
  return { aim, found, met: slower.length === 0 };
}

function below(
  figures: readonly Figure[],
  name: string,
  most: number,
  aim: string,
  which: 'median' | 'p95' = 'median',
): Aim {
  const figure = figures.find((one) => one.name === name);
  if (figure === undefined) return { aim, found: 'not measured', met: null };
  const value = figure[which];
  const shown = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return {
    aim,
    found: `${shown} ${figure.unit === 'packages' ? '' : figure.unit}`.trim(),
    met: value <= most,
  };
}
