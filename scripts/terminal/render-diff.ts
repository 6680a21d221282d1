import type { Paint } from './paint.ts';
import { printable } from './printable.ts';

/** A unified diff as it is, its lines coloured; the signs in the first column say the same. */
export function renderDiff(diff: string, paint: Paint): string {
  return printable(diff)
    .trimEnd()
    .split('\n')
    .map((line) => colourOf(line, paint)(line))
    .join('\n');
}

function colourOf(line: string, paint: Paint): (text: string) => string {
  if (/^(---|\+\+\+|Index|====)/.test(line)) return paint.bold;
  if (line.startsWith('+')) return paint.green;
  if (line.startsWith('-')) return paint.red;
  return line.startsWith('@@') ? paint.blue : (text) => text;
}
