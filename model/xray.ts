import type { Evidence } from './evidence.ts';
import type { CheckResult } from './verdict.ts';

/** Every picture that a step may ask for. */
export const DRAWINGS = [
  'entity-relationship',
  'dependency-tree',
  'style-strip',
  'comment-overlay',
  'nesting-mountain',
  'query-waterfall',
  'lit-statement',
  'wasted-layers',
  'call-map',
  'secret-layers',
] as const;
export type DrawingName = (typeof DRAWINGS)[number];

/** Which picture, and the check whose evidence it shows. */
export interface XrayWish {
  readonly drawing: DrawingName;
  readonly check: string;
}

/** Why a run has nothing to draw: the check did not come so far, or it said nothing that can be drawn. */
export type NoXray =
  | { readonly reason: 'blocked'; readonly by: string }
  | { readonly reason: 'errored'; readonly problem: string }
  | { readonly reason: 'not-run' }
  | { readonly reason: 'nothing-shown'; readonly finding: string | null };

/**
 * What a run's X-ray is drawn from: what the check showed, passed or failed; else, of its findings, the first that has
 * evidence of the kind.
 */
export function xrayEvidence(
  { drawing, check }: XrayWish,
  checks: readonly CheckResult[],
): { readonly evidence: readonly Evidence[] } | NoXray {
  const result = checks.find(({ id }) => id === check);
  if (result === undefined) return { reason: 'not-run' };
  if (result.outcome === 'blocked') return { reason: 'blocked', by: result.by };
  if (result.outcome === 'errored') return { reason: 'errored', problem: result.problem.message };
  const fits = ({ kind }: Evidence) => kind === KIND_OF_DRAWING[drawing];
  const shown = result.evidence.filter(fits);
  if (shown.length > 0) return { evidence: shown };
  const found = result.findings.map(({ evidence = [] }) => evidence.filter(fits)).find(isFilled);
  if (found !== undefined) return { evidence: found };
  return { reason: 'nothing-shown', finding: result.findings[0]?.message ?? null };
}

const isFilled = (list: readonly unknown[]) => list.length > 0;

export const KIND_OF_DRAWING = {
  'entity-relationship': 'schema',
  'dependency-tree': 'dependencies',
  'style-strip': 'source-marks',
  'comment-overlay': 'source-marks',
  'nesting-mountain': 'outline',
  'query-waterfall': 'statements',
  'lit-statement': 'statements',
  'wasted-layers': 'layers',
  'call-map': 'outline',
  'secret-layers': 'layers',
} as const satisfies Record<DrawingName, Evidence['kind']>;
