import type { Evidence } from '../../model/evidence.ts';
import type { FunctionOutline } from './functions.ts';
import type { Limits } from './limits.ts';

/** Functions as the evidence that X-rays are drawn from; only calls between these functions are kept. */
export function outlineEvidence(
  functions: readonly FunctionOutline[],
  limits?: Pick<Limits, 'depth' | 'complexity'>,
): Evidence {
  const known = new Set(functions.map((f) => f.name));
  return {
    kind: 'outline',
    functions: functions.map((f) => ({
      name: f.name,
      file: f.file,
      line: f.line,
      endLine: f.endLine,
      depth: f.depth,
      complexity: f.complexity,
      profile: [...f.profile],
      calls: f.calls.filter((name) => known.has(name) && name !== f.name),
    })),
    ...(limits === undefined ? {} : { limits: { depth: limits.depth, complexity: limits.complexity } }),
  };
}
