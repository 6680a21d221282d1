import type { Report } from '../../model/report.ts';
import { problemOf } from '../../model/workshop-error.ts';
import { type Html, html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { reportBody } from '../components/report/report-body.ts';
import { drawXrays } from '../components/report/reported-xrays.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** What was fixed, and how. Made to be printed. */
export async function reportPage(context: PageContext): Promise<string> {
  const main = html`<h1>Report</h1>
    <div class="report" data-live="/report-body" data-live-on="${RENEWED_BY}">
      ${await reportFragment(context)}
    </div>`;
  return layout(context, { title: 'Report · Second Opinion', slug: null, main });
}

/** Everything below the title; also sent alone when progress changes. */
export async function reportFragment({ source, markdown, pictures }: PageContext): Promise<Html> {
  let report: Report;
  try {
    report = await source.report();
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
  const ask = async (question: string) => (await markdown.render(question, '')).body;
  const xrays = await drawXrays(report, {
    steps: source.steps(),
    progress: source.progress(),
    shippedXray: (step) => source.shippedXray(step),
    pictures,
  });
  return html`${await reportBody(report, { ask, xrays })}
    <p class="prose quiet hide-in-print">
      The same as text: <code>npm run report</code>, as a file to keep:
      <code>npm run report -- --html report.html</code>.
    </p>`;
}

const RENEWED_BY =
  'run.finished hint.revealed solution.revealed solution.applied step.reset work.restored discussion.answered discussion.scored';
