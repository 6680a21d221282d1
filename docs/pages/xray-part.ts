import { stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { problemOf } from '../../model/workshop-error.ts';
import { type Html, html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { xraySection } from '../components/xray/xray-section.ts';
import { xrayOf } from '../components/xray/xray.ts';
import type { PageContext } from './page-context.ts';

/** The X-ray's part of a step's page; `null` for a step without one. */
export async function xrayPart(context: PageContext, step: Step): Promise<Html | null> {
  if (step.xray === undefined) return null;
  const { slug } = step;
  return html`<section class="xray-part" aria-labelledby="xray-title">
    <h2 id="xray-title">X-ray</h2>
    <div data-live="/steps/${slug}/xray" data-live-on="run.finished" data-slug="${slug}">
      ${await xrayFragment(context, step)}
    </div>
  </section>`;
}

/** Both pictures and what changes between them; also sent alone when a run has finished. */
export async function xrayFragment({ source, pictures }: PageContext, step: Step): Promise<Html> {
  const progress = stepProgress(source.progress(), step.slug);
  try {
    const xray = await xrayOf({ step, progress, shipped: await source.shippedXray(step), pictures });
    return xray === null ? html`` : xraySection(step, progress, xray);
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
}
