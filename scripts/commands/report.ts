import { relative, resolve } from 'node:path';
import { drawXrays } from '../../docs/components/report/reported-xrays.ts';
import { createPictures } from '../../docs/components/xray/pictures.ts';
import { reportFile } from '../../docs/pages/report-file.ts';
import { gatherReport } from '../../runner/report.ts';
import { loadXray } from '../../store/step-xray.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderJsonReport } from '../report/json-report.ts';
import { renderMarkdownReport } from '../report/markdown-report.ts';
import { writeReportFile } from '../report/write-report-file.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** What was fixed and said: Markdown on stdout, or a file of HTML, or JSON. All three tell the same. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  if (options.json && options.html !== undefined)
    throw usageError('One of --json and --html can be had at a time.', USAGE);
  const releasers = createReleasers();
  try {
    const { root, catalogue, progress } = await openWorkshop(workshopRoot(), releasers);
    const report = await gatherReport({ catalogue, workspace: await openWorkspace({ root }), progress });
    const xrays = await drawXrays(report, {
      steps: catalogue,
      progress,
      shippedXray: loadXray,
      pictures: createPictures(),
    });
    if (options.html !== undefined) {
      const file = resolve(options.html);
      await writeReportFile(root, file, await reportFile(report, xrays));
      terminal.out(`The report is in ${relative(process.cwd(), file)}.`);
    } else if (options.json) terminal.out(renderJsonReport(report, xrays));
    else terminal.out(renderMarkdownReport(report, xrays));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run report [-- options]
  without an option, Markdown on stdout: npm run --silent report > report.md
  --html FILE   a page of its own, to keep or to print
  --json        the same as JSON on stdout, and nothing else there`;
const GRAMMAR = {
  usage: USAGE,
  options: { html: 'text', json: 'flag' },
  words: { least: 0, most: 0 },
} as const;
