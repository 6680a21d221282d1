import { actionForm } from '../form.ts';
import { type Html, html } from '../html.ts';
import { icon } from '../icon.ts';
import { checkList } from './check-list.ts';
import { findingsOf } from './findings.ts';
import { headline } from './headline.ts';
import type { VerdictView } from './verdict-view.ts';

/**
 * The box under a step's title. Only the headline and the checks are announced when they change; findings and their
 * evidence are too long to be read aloud unasked. While a run is going on, the findings of the last one stay.
 */
export function verdictBox(view: VerdictView): Html {
  if (!view.step.judged) return notJudged();
  const { name, band } = headline(view.step, view.progress);
  return html`<div class="verdict" data-outcome="${name}" data-verdict-at="${view.progress.latest?.at ?? ''}">
    <div role="status" aria-atomic="false" aria-label="Verdict">
      ${band} ${checkList(view.step, view.progress)}
    </div>
    ${findingsOf(view)}
    <div class="verdict-foot">${watch(view)} ${actionForm(runAgain(view))}</div>
  </div>`;
}

function runAgain({ step, token }: VerdictView) {
  return { action: `/steps/${step.slug}/check`, token, label: 'Run the checks', look: 'plain' } as const;
}

/** Says whether a save is judged here, and how to see it: with JavaScript by waiting, without it by loading again. */
function watch({ step, watched, token }: VerdictView): Html {
  if (watched.slug === step.slug) return streamLine(LIVE_HERE);
  const there = `step ${watched.number}, ${watched.title}`;
  const elsewhere = watched.judged
    ? `A save is judged for ${there}.`
    : `You are at ${there}, which is not judged yet.`;
  return html`<p class="stream">${elsewhere}</p>
    ${actionForm({ action: `/steps/${step.slug}/open`, token, label: WORK_HERE, look: 'link' })}
    ${streamLine(LIVE)}`;
}

/** The page's script writes here whether the page is live; without it, what the server wrote stays true. */
function streamLine(live: string): Html {
  return html`<p class="stream" data-stream data-live-text="${live}">${LOAD_AGAIN}</p>`;
}

function notJudged(): Html {
  return html`<div class="verdict" data-outcome="unjudged">
    <div role="status" aria-label="Verdict">
      <p class="verdict-headline">${icon('unjudged')}<strong>Not judged yet</strong></p>
      <p class="verdict-remark">${NOT_JUDGED}</p>
    </div>
  </div>`;
}

const LOAD_AGAIN = 'Load this page again to see the latest verdict.';
const LIVE_HERE = 'Save a file and the verdict appears here.';
const LIVE = 'Verdicts appear here as they come.';
const WORK_HERE = 'Work on this one instead';
const NOT_JUDGED =
  'This step has a guide and a discussion, and no checks so far. It does not count towards your progress.';
