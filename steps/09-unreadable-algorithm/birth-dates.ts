import type { Random } from '../../harness/random.ts';

/** A birth date that makes somebody `age` years old today, and for three days around it in any time zone. */
export function birthDateOf(random: Random, age: number): string {
  const date = new Date();
  date.setUTCDate(date.getUTCDate() - random.integer(3, 360));
  // The 29th of February has no anniversary in most years.
  if (date.getUTCMonth() === 1 && date.getUTCDate() === 29) date.setUTCDate(28);
  date.setUTCFullYear(date.getUTCFullYear() - age);
  return date.toISOString().slice(0, 10);
}
