/**
 * Which secrets a text, a file or a variable carries, by name. `certain`: the value can be read from it.
 * `possible`: something that we can't follow was made from it.
 */
export type Trace = ReadonlyMap<string, 'certain' | 'possible'>;

export const NO_TRACE: Trace = new Map();

export function mergeTraces(...traces: readonly (Trace | undefined)[]): Trace {
  const some = traces.filter((trace) => trace !== undefined && trace.size > 0);
  if (some.length <= 1) return some[0] ?? NO_TRACE;
  const merged = new Map<string, 'certain' | 'possible'>();
  for (const trace of some)
    for (const [name, how] of trace ?? []) if (merged.get(name) !== 'certain') merged.set(name, how);
  return merged;
}

/** The same secrets, none of them certain. */
export const doubt = (trace: Trace): Trace => new Map([...trace.keys()].map((name) => [name, 'possible']));

export const certainOf = (trace: Trace): string[] =>
  [...trace].filter(([, how]) => how === 'certain').map(([name]) => name);
