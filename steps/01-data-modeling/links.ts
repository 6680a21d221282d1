import type { Row, Table } from '../../harness/schema/catalogue.ts';
import { bestRoute, type Explained, labelsOf, type Target } from '../../harness/schema/best-route.ts';
import { fold, type Named } from './truth.ts';

/** Something that should be tied to something else: each patient to a facility. */
export interface Link {
  /** Begins the rule ids. */
  readonly topic: 'facility' | 'doctor' | 'notes' | 'author';
  readonly subject: 'patient' | 'note';
  readonly thing: 'facility' | 'doctor' | 'patient' | 'author';
  readonly from: Table;
  readonly ends: readonly End[];
  readonly targets: readonly Target[];
  /** What a route must not lead over: who wrote a patient's notes is often their doctor, and need not be. */
  readonly avoid: readonly Table[];
}

export interface End {
  readonly row: Row;
  /** For people: `Ben Adeyemi`. */
  readonly label: string;
  /** Its number in the legacy table. */
  readonly id: string;
  readonly truth: Named;
  /** What the legacy record said, for people. */
  readonly said: string;
}

export interface Strayed extends End {
  readonly labels: readonly string[];
}

export interface Followed {
  readonly explained: Explained;
  /** Those that lead somewhere else than the legacy records say. */
  readonly strayed: readonly Strayed[];
}

/**
 * Follows the keys that explain the records best. `null` when none leads half of them where they belong: then it is
 * another tie that was followed. A direct key that nobody filled is there all the same. `least` is how many have to be right for that, 0 where the key is known to be there.
 */
export function followLink(link: Link, least = 0.5): Followed | null {
  const names = new Set(link.ends.flatMap(({ truth }) => (truth.kind === 'known' ? [fold(truth.name)] : [])));
  const raws = new Set(
    link.ends.flatMap(({ truth }) => (truth.kind === 'unmatched' ? [fold(truth.raw)] : [])),
  );
  const fits = ({ truth }: End, labels: readonly string[]) =>
    truth.kind === 'known'
      ? labels.length > 0 && labels.every((label) => fold(label) === fold(truth.name))
      : labels.map(fold).every((label) => isFree(label, truth, names, raws));
  const explained = bestRoute(
    link.from,
    link.targets,
    link.ends.map((end) => ({ row: end.row, fits: (labels) => fits(end, labels) })),
    link.avoid,
  );
  if (explained === null) return null;

  const strayed = link.ends
    .map((end) => ({ ...end, labels: labelsOf(end.row, explained.route, explained.target) }))
    .filter((end) => !fits(end, end.labels));
  const isKnown = ({ truth }: End) => truth.kind === 'known';
  const known = link.ends.filter(isKnown).length;
  const elsewhere = strayed.filter((end) => isKnown(end) && end.labels.length > 0).length;
  const isDirect = explained.route.length === 1 && elsewhere === 0;
  if (isDirect) return { explained, strayed };
  return strayed.filter(isKnown).length > known * (1 - least) ? null : { explained, strayed };
}

/** A name that matches nothing may lead to a row of its own or to one for "unknown"; never to somebody else's. */
function isFree(label: string, truth: Named, known: ReadonlySet<string>, raws: ReadonlySet<string>): boolean {
  if (known.has(label)) return false;
  return !raws.has(label) || (truth.kind === 'unmatched' && fold(truth.raw) === label);
}
