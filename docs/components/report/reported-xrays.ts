import type { Evidence } from '../../../model/evidence.ts';
import { type Progress, stepProgress } from '../../../model/progress.ts';
import type { Report } from '../../../model/report.ts';
import type { Step } from '../../../model/step.ts';
import { type Problem, problemOf } from '../../../model/workshop-error.ts';
import { noXray } from '../xray/no-xray.ts';
import type { Drawn, Pictures } from '../xray/pictures.ts';
import { type Xray, xrayOf } from '../xray/xray.ts';

/** By slug. A step without an X-ray, or without a run, has none: there is nothing of the learner's to see. */
export type ReportedXrays = ReadonlyMap<string, ReportedXray>;

/** Both pictures, or why they could not be drawn: a recording that can't be read takes no report away. */
export type ReportedXray = { readonly step: Step; readonly xray: Xray } | { readonly problem: Problem };

export interface XraysToDraw {
  readonly steps: readonly Step[];
  readonly progress: Progress;
  /** Throws when the recording can't be read. */
  readonly shippedXray: (step: Step) => Promise<readonly Evidence[] | null>;
  readonly pictures: Pictures;
}

/** The X-rays of all steps that the report tells of. */
export async function drawXrays(
  report: Report,
  { steps, progress, shippedXray, pictures }: XraysToDraw,
): Promise<ReportedXrays> {
  const told = new Set(report.steps.map(({ slug }) => slug));
  const drawn = steps
    .filter(({ slug, xray }) => xray !== undefined && told.has(slug))
    .map(async (step): Promise<readonly [string, ReportedXray] | null> => {
      const mine = stepProgress(progress, step.slug);
      if (mine.latest === null) return null;
      try {
        const xray = await xrayOf({ step, progress: mine, shipped: await shippedXray(step), pictures });
        return xray === null ? null : [step.slug, { step, xray }];
      } catch (thrown) {
        return [step.slug, { problem: problemOf(thrown) }];
      }
    });
  return new Map((await Promise.all(drawn)).filter((entry) => entry !== null));
}

/** The same in words, for Markdown and for programs. */
export interface XrayWords {
  readonly shipped: PictureWords | null;
  readonly now: PictureWords | null;
  /** Why a picture is missing; `null` when both are there. */
  readonly missing: string | null;
}

export interface PictureWords {
  /** The one figure that tells before and now apart. */
  readonly figure: string;
  readonly says: string;
}

export function xrayWords(reported: ReportedXray): XrayWords {
  if ('problem' in reported) return { shipped: null, now: null, missing: reported.problem.message };
  const { shipped, now } = reported.xray;
  const words = ({ figure, says }: Drawn) => ({ figure, says });
  const both = { shipped: shipped === null ? null : words(shipped), missing: null };
  return 'reason' in now
    ? { ...both, now: null, missing: noXray(now, reported.step) }
    : { ...both, now: words(now) };
}
