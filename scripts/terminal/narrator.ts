import type { WorkshopEvent } from '../../model/event.ts';
import type { Step } from '../../model/step.ts';
import type { Verdict } from '../../model/verdict.ts';
import { VERDICT_LOOKS } from './looks.ts';
import { renderCheck } from './render-check.ts';
import { foldFinding } from './render-finding.ts';
import { renderVerdict } from './render-verdict.ts';
import type { Terminal } from './terminal.ts';

/**
 * Says in the terminal of `npm start` what the journal says: the current step at length, a run of another one (a done
 * step that is judged again) in one line.
 */
export function createNarrator(
  terminal: Pick<Terminal, 'out' | 'paint' | 'columns'>,
  catalogue: readonly Step[],
  current: () => Step,
): (event: WorkshopEvent) => void {
  const { out, paint, columns } = terminal;

  const hear = (event: WorkshopEvent): void => {
    const step = catalogue.find(({ slug }) => slug === event.slug);
    if (step === undefined) return;
    const isCurrent = step.slug === current().slug;
    switch (event.type) {
      case 'run.started':
        if (isCurrent)
          out(`\n${paint.bold(`Step ${step.number} · ${step.title}`)}  ${paint.dim(timeOf(event.at))}`);
        return;
      case 'check.finished':
        if (isCurrent) out(renderCheck(step, event.check, paint));
        return;
      case 'run.finished': {
        const { verdict, checks, durationMs } = event;
        if (!isCurrent) return sayBriefly(step, verdict);
        if (verdict.outcome === 'cancelled') return out(paint.dim(SUPERSEDED));
        out(renderVerdict({ step, verdict, checks, durationMs, paint, columns }));
        if (verdict.outcome === 'passed') out(paint.dim(WHAT_NEXT));
        return;
      }
      case 'step.opened':
        return out(`\n${paint.bold(`Now at step ${step.number} · ${step.title}`)}`);
      case 'step.reset':
        return out(paint.dim(`The files of step ${step.number} are as they were shipped again.`));
      case 'solution.applied':
        return out(paint.dim(`The solution of step ${step.number} was put into your files.`));
      case 'work.restored':
        return out(paint.dim(RESTORED));
      case 'hint.revealed':
      case 'solution.revealed':
      case 'discussion.answered':
      case 'discussion.scored':
        return;
      default:
        return event satisfies never;
    }
  };

  const sayBriefly = (step: Step, verdict: Verdict): void => {
    if (verdict.outcome === 'cancelled') return;
    const { glyph, word, colour } = VERDICT_LOOKS[verdict.outcome];
    out(`${paint[colour](`${glyph} ${word}`)}  step ${step.number} · ${step.title}`);
    const [first] = verdict.outcome === 'failed' ? verdict.findings : [];
    if (first !== undefined) out(foldFinding(first, columns, paint));
  };
  return hear;
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB');
}

const SUPERSEDED = 'Stopped: a newer save is being judged.';
const RESTORED = 'A backup of your files was brought back.';
const WHAT_NEXT = 'Read the discussion in the guide; n goes on to the next step.';
