import type { Diagnosis } from '../doctor/diagnosis.ts';
import type { Line } from '../doctor/examine-all.ts';
import type { Paint } from './paint.ts';
import { hang } from './wrap.ts';

/** A line an examination, with the remedy below it where one is needed. */
export function renderLines(lines: readonly Line[], columns: number, paint: Paint): string {
  const widest = Math.max(0, ...lines.map(({ title }) => title.length));
  return lines.map((line) => renderLine(line, widest, columns, paint)).join('\n');
}

/** What it comes to, in one sentence. */
export function renderDoctorsWord(lines: readonly Line[], paint: Paint): string {
  const count = (state: Diagnosis['state']) =>
    lines.filter(({ diagnosis }) => diagnosis.state === state).length;
  const [bad, warnings] = [count('broken'), count('warning')];
  const hints =
    warnings === 0 ? '' : ` ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, which you may leave.`;
  if (bad === 0) return `${paint.green('✓ The workshop runs here.')}${hints}`;
  const which = bad === 1 ? 'One thing' : `${bad} things`;
  return `${paint.red(`✗ ${which} must be repaired first: see the ${bad === 1 ? 'line' : 'lines'} marked ✗.`)}${hints}`;
}

function renderLine({ title, diagnosis }: Line, widest: number, columns: number, paint: Paint): string {
  const { glyph, colour } = LOOKS[diagnosis.state];
  const first = `  ${glyph} ${title.padEnd(widest)}  `;
  const says = hang(first, diagnosis.says, columns).replace(glyph, paint[colour](glyph));
  if (diagnosis.state === 'ok') return says;
  // Never broken into lines: it is there to be copied.
  return `${says}\n${' '.repeat(first.length)}→ ${paint.bold(diagnosis.remedy)}`;
}

const LOOKS: Readonly<Record<Diagnosis['state'], { readonly glyph: string; readonly colour: keyof Paint }>> =
  {
    ok: { glyph: '✓', colour: 'green' },
    warning: { glyph: '!', colour: 'yellow' },
    broken: { glyph: '✗', colour: 'red' },
  };
