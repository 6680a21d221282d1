/** Pieces of evidence with as little in them as a picture needs. */
export const LIMITS = { depth: 3, complexity: 12 };

const column = { name: 'id', type: 'integer', nullable: false, key: 'primary' } as const;
export const table = (name: string) => ({ name, columns: [column], rows: 1 });
export const relation = (from: string, to: string) => ({
  from,
  fromColumns: ['a'],
  to,
  toColumns: ['id'],
  onDelete: 'cascade' as const,
});
export const pack = (name: string, bytes: number, requires: string[]) => ({
  name,
  version: '1.0.0',
  bytes,
  direct: true,
  used: true,
  advisories: [],
  requires,
});
export const part = (name: string, profile: number[]) => ({
  name,
  file: 'a.ts',
  line: 1,
  endLine: profile.length,
  depth: Math.max(...profile),
  complexity: 1,
  profile,
  calls: [] as string[],
});
export const statement = (sql: string, startedAt: number) => ({
  sql,
  parameters: [] as string[],
  rows: 1,
  milliseconds: 1,
  startedAt,
  error: null,
});
export const layer = (instruction: string, bytes: number, wasted: number) => ({
  instruction,
  line: 1,
  bytes,
  wasted,
  exact: true,
  leaks: [],
});
