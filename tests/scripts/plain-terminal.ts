import { createPaint } from '../../scripts/terminal/paint.ts';
import type { Terminal } from '../../scripts/terminal/terminal.ts';

export interface PlainTerminal extends Terminal {
  readonly printed: string[];
  readonly noted: string[];
}

/** A terminal without colours that keeps what was written. Nobody sits before it. */
export function plainTerminal(columns = 80): PlainTerminal {
  const printed: string[] = [];
  const noted: string[] = [];
  const paint = createPaint(false);
  return {
    printed,
    noted,
    out: (text) => void printed.push(text),
    note: (text) => void noted.push(text),
    paint,
    notePaint: paint,
    columns,
    interactive: false,
    watched: true,
    stdin: process.stdin,
    environment: {},
  };
}
