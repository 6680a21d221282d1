import { randomBytes } from 'node:crypto';
import type { Step } from '../model/step.ts';
import { type NoXray, xrayEvidence } from '../model/xray.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { saveXray } from '../store/step-xray.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Judge } from './judge.ts';
import { withTree } from './verify-tree.ts';

export interface XrayRecording {
  readonly root: string;
  readonly step: Step;
  /** `app/` as shipped. */
  readonly baseline: FileTree;
  readonly judge: Judge;
  readonly signal: AbortSignal;
}

/**
 * Judges the clinic as shipped and stores what its X-ray shows, with the same random values each time. Answers the file.
 * Throws `XRAY_MISSING` when the step's check shows nothing that its picture can be drawn from.
 */
export async function recordXray({ root, step, baseline, judge, signal }: XrayRecording): Promise<string> {
  if (step.xray === undefined) throw nothingToDraw(step, 'step.json names no "xray"');
  const wish = step.xray;
  const run = randomBytes(6).toString('hex');
  const { checks, verdict } = await withTree(root, baseline, (app) =>
    judge.run({ run, step, app, seed: SEED, signal }),
  );
  if (verdict.outcome === 'cancelled') throw nothingToDraw(step, 'the run was interrupted');
  const found = xrayEvidence(wish, checks);
  if ('reason' in found) throw nothingToDraw(step, `the check "${wish.check}" ${inWords(found)}`);
  return saveXray(step, found.evidence);
}

function inWords(no: NoXray): string {
  switch (no.reason) {
    case 'blocked':
      return `was blocked by the check "${no.by}"`;
    case 'errored':
      return `could not run: ${no.problem}`;
    case 'not-run':
      return 'did not run';
    case 'nothing-shown':
      return 'showed no evidence of the kind that is drawn';
    default:
      return no satisfies never;
  }
}

function nothingToDraw(step: Step, reason: string): WorkshopError {
  const message = `The X-ray of step ${step.number} was to be recorded and could not be: ${reason}.`;
  return new WorkshopError('XRAY_MISSING', message, {
    remedy: 'Name the drawing and the check in step.json, and call `run.show(…)` in that check.',
  });
}

/** Any number does; the same one makes the same names and values each time. */
const SEED = 1;
