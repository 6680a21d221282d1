import { type Problem, WorkshopError } from '../../model/workshop-error.ts';
import type { Paint } from './paint.ts';
import type { Terminal } from './terminal.ts';
import { hang } from './wrap.ts';

/** Whatever was thrown, for a person: what can be explained with its remedy, anything else as our own bug. */
export function renderError(error: unknown, terminal: Terminal): string {
  if (error instanceof WorkshopError) return renderProblem(error, terminal.columns, terminal.notePaint);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${terminal.notePaint.yellow('! ')}${OUR_BUG}\n\n${stack}`;
}

export function renderProblem(
  { message, remedy }: Omit<Problem, 'code'>,
  columns: number,
  paint: Paint,
): string {
  return [
    hang('! ', message, columns).replace('! ', paint.yellow('! ')),
    ...(remedy === '' ? [] : [hang('  → ', remedy, columns)]),
  ].join('\n');
}

const OUR_BUG = 'The workshop itself failed. This is our bug and not your code. Please report this text:';
