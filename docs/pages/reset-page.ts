import type { Step } from '../../model/step.ts';
import { problemOf } from '../../model/workshop-error.ts';
import type { Backup } from '../../store/workspace/backup.ts';
import { actionForm } from '../components/form.ts';
import { type Html, html } from '../components/html.ts';
import { since } from '../components/moment.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** Asks before a step's files become as shipped; afterwards says what was kept, and offers the way back. */
export async function resetPage(context: PageContext, step: Step): Promise<string> {
  const { slug } = step;
  const main = html`<div class="prose">
    <p class="eyebrow"><a href="/steps/${slug}">Step ${step.number}: ${step.title}</a></p>
    <h1>Reset the step</h1>
    <div class="prose" data-live="/steps/${slug}/reset-plan" data-live-on="${RENEWED_BY}">
      ${await resetFragment(context, step)}
    </div>
    <p><a href="/steps/${slug}">Back to the step</a></p>
  </div>`;
  return layout(context, { title: `Reset: ${step.title} · Second Opinion`, slug, main });
}

export async function resetFragment({ source, token }: PageContext, step: Step): Promise<Html> {
  try {
    const { files, last } = await source.resetPlan(step);
    return html`${files.length === 0 ? html`<p>${AS_SHIPPED}</p>` : question(step, files, token)}
    ${last !== null && wayBack(step, last, token)}`;
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
}

function question({ slug }: Step, files: readonly string[], token: string): Html {
  return html`<p>These files become as they were shipped. Yours are kept in a backup first.</p>
    ${fileList(files)}
    ${actionForm({
      action: `/steps/${slug}/reset`,
      token,
      label: 'Reset these files',
      look: 'plain',
      fields: { files: files.join('\n') },
    })}`;
}

function wayBack({ slug }: Step, { id, at, reason, touches }: Backup, token: string): Html {
  return html`<section class="notice" aria-labelledby="undo-title">
    <h2 class="notice-title" id="undo-title">Your files from before are kept</h2>
    <div>
      <p>
        The workshop last wrote into your files ${since(at)}: ${reason}.
        ${touches === null ? ALL : 'It wrote:'}
      </p>
      ${touches !== null && fileList(touches)}
      <p>The backup is called <code>${id}</code>.</p>
      ${actionForm({
        action: `/steps/${slug}/undo`,
        token,
        label: 'Undo: bring my files back',
        look: 'plain',
        fields: { backup: id },
      })}
    </div>
  </section>`;
}

function fileList(files: readonly string[]): Html {
  return html`<ul>
    ${files.map((file) => html`<li><code>${file}</code></li>`)}
  </ul>`;
}

const RENEWED_BY = 'run.finished solution.applied step.reset work.restored';
const AS_SHIPPED = 'The files of this step are as they were shipped, so there is nothing to reset.';
const ALL = 'It may have been any of them.';
