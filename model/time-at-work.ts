/**
 * Milliseconds between two events that somebody was at work: 0 when they lie further apart than a break begins, and when
 * the clock was set back. Dates are ISO 8601; `null` is before the first event.
 */
export function workedBetween(from: string | null, to: string): number {
  if (from === null) return 0;
  const gap = Date.parse(to) - Date.parse(from);
  return gap > 0 && gap <= BREAK_MS ? gap : 0;
}

/** Nobody reads a guide for longer without saving a file, asking for a hint or opening a step. */
export const BREAK_MS = 30 * 60_000;
