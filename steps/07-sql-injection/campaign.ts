import type { Run } from '../../harness/run.ts';
import type { ConformingStrings } from '../../harness/sql/shape.ts';
import { twinsOf } from '../../harness/sql/twins.ts';
import { type Attack, againstTags, inOrder } from './attacks.ts';
import type { Door } from './doors.ts';
import { besideTwin, findingOf, statementsOf } from './findings.ts';
import { type Attempt, attempt, type Breach } from './oracle.ts';
import type { Stage } from './stage.ts';

export interface Campaign {
  readonly attacks: readonly Attack[];
  readonly conforming?: ConformingStrings;
  /** Keep the statements of the first attack beside its twin's as evidence, whatever comes of it. */
  readonly isShown?: boolean;
}

/**
 * Tries every attack at a door and reports each kind of breach once. A door that gave way is tried a few times more.
 */
export async function attack(
  run: Run,
  stage: Stage,
  door: Door,
  { attacks, conforming = 'on', isShown = false }: Campaign,
): Promise<void> {
  const ammunition = { marker: stage.marker, canary: stage.canary.table };
  const queue = [...inOrder(attacks, run.random)];
  const found = new Map<Breach['kind'], { tried: Attempt; breach: Breach }>();
  let left = Number.POSITIVE_INFINITY;
  for (const [index, make] of queue.entries()) {
    const tried = await attempt(stage, door, make(ammunition), conforming, new Set(found.keys()));
    if (index === 0) {
      const shown = statementsOf(tried.hostile, door, tried.input, stage.marker);
      if (isShown) {
        const twin = await door.send(twinsOf(tried.input, stage.marker)[0]);
        run.show(besideTwin(shown, tried.hostile, twin, stage.marker, conforming));
      }
      queue.push(...shown.statements.flatMap(({ sql }) => againstTags(sql)));
    }
    for (const breach of tried.breaches)
      if (!found.has(breach.kind)) found.set(breach.kind, { tried, breach });
    if (tried.breaches.length > 0) left = Math.min(left, AFTER_A_BREACH);
    if (--left <= 0) break;
  }
  for (const kind of GRAVITY) {
    const first = found.get(kind);
    if (first !== undefined)
      run.report(findingOf(run, door, first.tried, first.breach, stage.marker, conforming));
  }
}

/** The statement comes first, because it explains all that follows. */
const GRAVITY: readonly Breach['kind'][] = [
  'statement-changed',
  'syntax-error',
  'secret-shown',
  'data-changed',
  'foreign-rows',
];
/** Attacks that are still tried, to see how bad it is. */
const AFTER_A_BREACH = 8;
