import type { Evidence } from '../../../model/evidence.ts';
import type { StepProgress } from '../../../model/progress.ts';
import type { Step } from '../../../model/step.ts';
import { type NoXray, xrayEvidence } from '../../../model/xray.ts';
import type { Drawn, Pictures } from './pictures.ts';

/** Both sides of a step's X-ray. */
export interface Xray {
  /** `null` for a step without a recording. */
  readonly shipped: Drawn | null;
  readonly now: Drawn | NoXray | { readonly reason: 'no-run' };
}

export interface XrayRequest {
  readonly step: Step;
  readonly progress: StepProgress;
  /** What the clinic as shipped shows, as recorded. */
  readonly shipped: readonly Evidence[] | null;
  readonly pictures: Pictures;
}

/** The learner's code as the last run saw it, beside the clinic as shipped, in one scale. `null`: the step has no X-ray. */
export async function xrayOf({ step, progress, shipped, pictures }: XrayRequest): Promise<Xray | null> {
  if (step.xray === undefined) return null;
  const { drawing } = step.xray;
  const { latest } = progress;
  const now = latest === null ? NO_RUN : xrayEvidence(step.xray, latest.checks);
  const evidence = 'evidence' in now ? now.evidence : [];
  const draw = (side: string, own: readonly Evidence[], other: readonly Evidence[]) =>
    pictures({ drawing, own, other, id: `xray-${step.slug}-${side}` });
  const [before, after] = await Promise.all([
    shipped === null ? null : draw('shipped', shipped, evidence),
    'evidence' in now ? draw('now', evidence, shipped ?? []) : now,
  ]);
  return { shipped: before, now: after };
}

const NO_RUN = { reason: 'no-run' } as const;
