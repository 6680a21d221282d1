import type { Report } from '../../model/report.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { html, trustedHtml } from '../components/html.ts';
import { reportBody } from '../components/report/report-body.ts';
import type { ReportedXrays } from '../components/report/reported-xrays.ts';
import { createMarkdown } from '../markdown/markdown.ts';
import { loadHighlighter } from '../markdown/highlighter.ts';
import { loadAssets } from '../server/assets.ts';

/** The report as one file that needs nothing else: no script, nothing from anywhere. X-rays are drawn inside of it. */
export async function reportFile(report: Report, xrays: ReportedXrays): Promise<string> {
  const css = (await loadAssets()).files.get('guide.css')?.body.toString('utf8') ?? '';
  // Questions quote no files and hold no blocks of code.
  const markdown = createMarkdown({ readSource: noSource, loadHighlighter });
  const ask = async (question: string) => (await markdown.render(question)).body;
  const body = await reportBody(report, { ask, xrays });
  return `<!doctype html>\n${html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      ${trustedHtml(REPORT_MARK)}
      <title>Report · Second Opinion</title>
      <style>
        ${trustedHtml(css)}
      </style>
    </head>
    <body>
      <div class="columns" data-columns="one">
        <main>
          <h1>Report · Second Opinion</h1>
          <div class="report">${body}</div>
        </main>
      </div>
    </body>
  </html>`.toString()}\n`;
}

/** By this a file is known as one of ours, which a later report may replace. */
export const REPORT_MARK = '<meta name="generator" content="Second Opinion report" />';

async function noSource(path: string): Promise<never> {
  throw new WorkshopError('SOURCE_MISSING', `A question quotes ${path}, which questions can't.`, {
    remedy: 'Take the quotation out of the question.',
  });
}
