/** One thing that must be true of a step, and whether it is. */
export interface Proof {
  readonly slug: string;
  readonly kind: 'form' | 'baseline' | 'solution' | 'earlier' | 'alternative' | 'mistake' | 'order';
  /** The patch file or what else was tried, for people. */
  readonly name: string;
  /** `undecided`: our own failure, which says nothing about the step. */
  readonly outcome: 'proven' | 'refuted' | 'undecided';
  /** What was expected and what was found; empty when proven. */
  readonly faults: readonly string[];
  readonly durationMs: number;
}
