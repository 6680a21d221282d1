import type { Random } from '../../harness/random.ts';
import type { Known } from './truth.ts';

/** Patients of one random family name, whose order by name, by birth date and by age can't be mistaken for each other. */
export interface Family {
  readonly name: string;
  readonly members: readonly Known[];
  /** One whose name holds an umlaut. */
  readonly umlaut: Known;
  /** One whose name holds a percent sign. */
  readonly percent: Known;
}

export function inventFamily(random: Random): Family {
  const letters = random.marker(7);
  const name = letters.charAt(0).toUpperCase() + letters.slice(1);
  const years = random.shuffle([1931, 1947, 1962, 1978, 1993, 2004]);
  const born = (index: number) =>
    `${years[index] ?? 1950}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
  const umlaut = { name: `Jürgen ${name}`, birthDate: born(0) };
  const percent = { name: `Percy 50% ${name}`, birthDate: born(1) };
  const members = [
    umlaut,
    percent,
    { name: `Abel ${name}`, birthDate: born(2) },
    { name: `Wanda ${name}`, birthDate: born(3) },
  ];
  return { name, members: random.shuffle(members), umlaut, percent };
}

const two = (number: number) => String(number).padStart(2, '0');
