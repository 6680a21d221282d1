import type { Level } from './event.ts';
import type { StepProgress } from './step-progress.ts';

/** What somebody fixed and said, as plain data: the page, the Markdown, the HTML file and the JSON show the same facts. */
export interface Report {
  /** When the last thing happened that it tells of; `null` when nothing has. ISO 8601, UTC. */
  readonly at: string | null;
  readonly done: number;
  /** Steps that are judged. */
  readonly of: number;
  readonly steps: readonly ReportedStep[];
}

export interface ReportedStep {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly state: StepProgress['state'] | 'unjudged';
  readonly startedAt: string | null;
  readonly doneAt: string | null;
  /** Breaks of more than half an hour left out. */
  readonly workedMs: number;
  /** That came to a verdict. */
  readonly runs: number;
  readonly hints: { readonly used: number; readonly of: number };
  readonly solution: 'not seen' | 'seen before passing' | 'seen after passing';
  /** Files of the step that are not as shipped. */
  readonly files: readonly ReportedFile[];
  readonly answers: readonly ReportedAnswer[];
  readonly questions: number;
  readonly score: { readonly level: Level; readonly at: string } | null;
  /** What the last verdict found that is still to be mended: the titles of its checks. */
  readonly open: readonly string[];
}

export interface ReportedFile {
  readonly path: string;
  /** A unified diff from the file as shipped to the learner's; '' when it is shown under an earlier step. */
  readonly diff: string;
  readonly added: number;
  readonly removed: number;
  /** Number of the earlier step that shows it, because it is a file of both. */
  readonly shownUnder: number | null;
}

export interface ReportedAnswer {
  /** Markdown, as it was asked then. */
  readonly question: string;
  /** The learner's words. */
  readonly text: string;
  readonly at: string;
}
