export interface Backup {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
  /** What the write that follows touches, and what undo brings back; `null` is everything. */
  readonly touches: readonly string[] | null;
  readonly undone: boolean;
}
