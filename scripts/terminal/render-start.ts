import type { Step } from '../../model/step.ts';
import type { Problem } from '../../model/workshop-error.ts';
import type { Paint } from './paint.ts';
import { renderProblem } from './render-error.ts';

export interface StartView {
  readonly guideUrl: string;
  readonly clinicUrl: string;
  readonly step: Step;
  readonly steps: number;
  readonly paint: Paint;
}

/** The addresses and what to do first. */
export function renderStart({ guideUrl, clinicUrl, step, steps, paint }: StartView): string {
  const file = step.files[0] ?? 'app/';
  return [
    '',
    `  ${paint.bold('Guide ')}  ${guideUrl}/steps/${step.slug}`,
    `  ${paint.bold('Clinic')}  ${clinicUrl}  ${paint.dim('(vulnerable on purpose, reachable from this computer alone)')}`,
    '',
    `Step ${step.number} of ${steps} · ${paint.bold(step.title)}, about ${step.minutes} minutes`,
    step.judged
      ? `Read the guide, change ${file} in your editor and save: the verdict comes here and on the page.`
      : 'Read the guide. This step has no checks yet.',
  ].join('\n');
}

/** Without PostgreSQL the guide still stands; what needs one says why. */
export function renderNoDatabase(problem: Problem, columns: number, paint: Paint): string {
  return [renderProblem(problem, columns, paint), paint.dim(WITHOUT)].join('\n');
}

export const renderEngine = (kind: 'server' | 'native' | 'embedded', version: string): string =>
  `${ENGINES[kind]} ${version} is ready.`;

const ENGINES = {
  server: 'Your own PostgreSQL server (DATABASE_URL)',
  native: 'PostgreSQL (from npm, for this workshop alone)',
  embedded: 'PostgreSQL (embedded, one session at a time)',
};
const WITHOUT = 'The guide works without it; checks that need a database will say that they could not run.';
