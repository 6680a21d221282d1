interface Candidate {
  readonly kind: string;
  readonly relations: readonly string[];
  readonly schemas: readonly string[];
  /** Functions that are not PostgreSQL's own. */
  readonly own: readonly string[];
}

/** What any driver, pool or middleware may send around the questions of a page, and asks for no record. */
export function isNoise({ kind, relations, schemas, own }: Candidate): boolean {
  if (NOISE.has(kind)) return true;
  if (kind !== 'SelectStmt' || own.length > 0) return false;
  // `SELECT 1`, `SELECT set_config(…)`; and what drivers ask about types when they connect.
  return relations.every((name) => name.startsWith('pg_')) || schemas.some((name) => CATALOGUES.has(name));
}

const CATALOGUES = new Set(['pg_catalog', 'information_schema']);

/** A FETCH goes on with a cursor that was counted when it was declared. */
const NOISE = new Set([
  'TransactionStmt',
  'VariableSetStmt',
  'VariableShowStmt',
  'ConstraintsSetStmt',
  'DiscardStmt',
  'PrepareStmt',
  'DeallocateStmt',
  'FetchStmt',
  'ClosePortalStmt',
  'ListenStmt',
  'UnlistenStmt',
  'NotifyStmt',
  'LockStmt',
]);
