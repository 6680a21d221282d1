import { count } from '../../docs/components/count.ts';
import { momentText, timeSpent } from '../../docs/components/moment.ts';
import { EMPTY, STATE_WORDS } from '../../docs/components/report/report-body.ts';
import {
  type ReportedXray,
  type ReportedXrays,
  xrayWords,
} from '../../docs/components/report/reported-xrays.ts';
import { isTouched } from '../../docs/components/report/reported-step.ts';
import type { Report, ReportedAnswer, ReportedFile, ReportedStep } from '../../model/report.ts';

/** The report as Markdown. What a learner wrote is quoted, and stays text whatever it looks like. */
export function renderMarkdownReport(report: Report, xrays: ReportedXrays): string {
  const touched = report.steps.filter(isTouched);
  if (touched.length === 0) return ['# Report', ...EMPTY].join('\n\n');
  const left = report.steps.filter(({ state }) => state !== 'done' && state !== 'unjudged');
  return [
    '# Report',
    `${report.done} of ${report.of} steps fixed.${report.at === null ? '' : ` As of ${momentText(report.at)}.`}`,
    ...(left.length === 0 ? [] : ['## What is open', left.map(openLine).join('\n')]),
    ...touched.flatMap((step) => stepParts(step, xrays.get(step.slug))),
  ].join('\n\n');
}

function openLine({ number, title, state }: ReportedStep): string {
  return `- ${number}. ${title}: ${STATE_WORDS[state]}`;
}

function stepParts(step: ReportedStep, xray: ReportedXray | undefined): string[] {
  const { number, title, summary, open, files, answers } = step;
  return [
    `## ${number}. ${title}`,
    summary,
    facts(step).join('\n'),
    ...(open.length === 0 ? [] : ['### What is still open', open.map((check) => `- ${check}`).join('\n')]),
    ...(xray === undefined ? [] : ['### X-ray, before and now', xrayPart(xray)]),
    ...(files.length === 0 ? [] : ['### What you changed', ...files.map(filePart)]),
    ...(answers.length === 0 ? [] : ['### What you said', ...answers.map(answerPart)]),
  ];
}

function facts({ state, startedAt, doneAt, workedMs, runs, hints, solution, score }: ReportedStep): string[] {
  return [
    `- Fixed: ${doneAt === null ? 'not yet' : momentText(doneAt)}`,
    ...(state === 'regressed' ? ['- Since then: it is broken again'] : []),
    ...(startedAt === null ? [] : [`- Begun: ${momentText(startedAt)}`]),
    `- Time: ${timeSpent(workedMs)}, ${count(runs, 'verdict')}`,
    `- Hints: ${hints.used} of ${hints.of}`,
    `- Solution: ${solution}`,
    ...(score === null ? [] : [`- Own score: ${score.level}, ${momentText(score.at)}`]),
  ];
}

/** Evidence is text of a clinic: it stays text, on one line. */
function xrayPart(reported: ReportedXray): string {
  const { shipped, now, missing } = xrayWords(reported);
  const line = (name: string, text: string) => `- ${name}: ${plain(text.replaceAll(/\s+/g, ' '))}`;
  const pictures = [
    ...(shipped === null ? [] : [line('As shipped', `${shipped.figure}. ${shipped.says}`)]),
    ...(now === null ? [] : [line('Now', `${now.figure}. ${now.says}`)]),
  ];
  return [...pictures, ...(missing === null ? [] : [line('Now', missing)])].join('\n');
}

function filePart({ path, diff, shownUnder }: ReportedFile): string {
  if (shownUnder !== null) return `\`${path}\`: shown under step ${shownUnder}.`;
  const text = visible(diff.trimEnd());
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
}

function answerPart({ question, text, at }: ReportedAnswer): string {
  const quoted = visible(text)
    .split('\n')
    .map((line) => `> ${plain(line)}`.trimEnd());
  return [`**${question}**`, '', ...quoted, '>', `> (${momentText(at)})`].join('\n');
}

const plain = (text: string) => visible(text).replaceAll(/([\\<`*_#[\]])/g, '\\$1');

/** A terminal that shows this must not be told anything by it. */
function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '\u00b7');
}

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
