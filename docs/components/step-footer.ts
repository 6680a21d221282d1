import type { StepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { actionForm } from './form.ts';
import { type Html, html } from './html.ts';
import { icon } from './icon.ts';

export interface FooterView {
  readonly step: Step;
  readonly progress: StepProgress;
  readonly previous: Step | undefined;
  readonly next: Step | undefined;
  readonly token: string;
}

/** The way on: after passing the discussion and the next step, always the neighbours. */
export function stepFooter({ step, progress, previous, next, token }: FooterView): Html {
  const done = progress.state === 'done';
  return html`${(done || !step.judged) && wayOn(step, next, token)} ${tools(step)}
    <nav class="neighbours" aria-label="Neighbouring steps">
      ${
        previous !== undefined &&
        html`<a rel="prev" href="/steps/${previous.slug}">
          <span class="quiet">${icon('previous')}Previous</span> ${previous.number}. ${previous.title}
        </a>`
      }
      ${
        next !== undefined &&
        html`<a rel="next" href="/steps/${next.slug}">
          <span class="quiet">Next${icon('next')}</span> ${next.number}. ${next.title}
        </a>`
      }
    </nav>`;
}

/** A step without checks has no solution that somebody could spoil, and no files of its own to reset. */
function tools({ slug, judged }: Step): Html | null {
  if (!judged) return null;
  return html`<p class="step-tools">
    <a href="/steps/${slug}/solution">Compare with the solution</a>
    <a href="/steps/${slug}/reset">Reset the step’s files</a>
  </p>`;
}

function wayOn(step: Step, next: Step | undefined, token: string): Html {
  return html`<section class="way-on" aria-labelledby="way-on-title">
    <h2 id="way-on-title">${step.judged ? 'You fixed it' : 'When you have read it'}</h2>
    <p>
      <a href="/steps/${step.slug}/discussion">Read the discussion</a>: what a junior, a mid-level and a
      senior engineer would say about it.
    </p>
    ${
      next !== undefined &&
      actionForm({
        action: `/steps/${next.slug}/open`,
        token,
        label: html`Go on to step ${next.number}: ${next.title}`,
        look: 'primary',
      })
    }
  </section>`;
}
