import type { Evidence } from '../model/evidence.ts';
import type { WorkshopEvent } from '../model/event.ts';
import type { Progress } from '../model/progress.ts';
import type { Report } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import type { SolutionComparison } from '../store/comparison.ts';
import type { StepContent } from '../store/step-content.ts';
import type { Backup } from '../store/workspace/backup.ts';

/** What a page may ask for. Each rejects with a `WorkshopError`, whose remedy is shown to the learner. */
export interface GuideActions {
  /** Runs the checks of a step. */
  check(slug: string): Promise<void>;
  /** Reveals the next hint; resolves to how many are revealed now. */
  revealHint(slug: string): Promise<number>;
  /** Makes it the step that a save judges. */
  openStep(slug: string): Promise<void>;
  /** `file` is relative to the workshop's root, begins with `app/`, and was checked to stay inside it. Lines count from 1. */
  openEditor(file: string, line?: number): Promise<void>;
  /** Journals that the solution was asked for before the step had passed. */
  showSolution(slug: string): Promise<void>;
  /** Those files become as shipped, if they are the step's and are not; a backup is kept. */
  reset(slug: string, files: readonly string[]): Promise<void>;
  /** Brings a backup back, unless that was done already. `slug` is the step whose page asked. */
  undo(slug: string, backup: string): Promise<void>;
  /** An empty text takes an answer back. `question` is one that the step's discussion asks. */
  answer(slug: string, question: string, text: string): Promise<void>;
  score(slug: string, level: string): Promise<void>;
}

/** What a reset of a step would do, and the last thing of ours that can be undone. */
export interface ResetPlan {
  /** Files that would become as shipped. */
  readonly files: readonly string[];
  readonly last: Backup | null;
}

/** Everything the guide shows. It holds no state of its own: each page asks again. */
export interface GuideSource {
  /** Where the learner's clinic answers: `http://localhost:8000`. */
  readonly clinicUrl: string;
  /** Sorted by number. */
  steps(): readonly Step[];
  content(step: Step): Promise<StepContent>;
  /** What the clinic as shipped shows in a step's X-ray, as it was recorded; `null` for a step without. */
  shippedXray(step: Step): Promise<readonly Evidence[] | null>;
  /** Text of a file that a guide quotes (`<<< app/src/x.ts#region`), by its path from the workshop's root. */
  readSource(path: string): Promise<string>;
  /** A page of docs/content as it was written; `null` when there is none. */
  text(name: 'glossary' | 'facilitator'): Promise<string | null>;
  /** The learner's files beside the solution that fits them. Looking changes nothing. */
  comparison(step: Step): Promise<SolutionComparison>;
  resetPlan(step: Step): Promise<ResetPlan>;
  report(): Promise<Report>;
  progress(): Progress;
  /** Called after `progress()` already counts the event in. Returns how to stop. */
  follow(listener: (event: WorkshopEvent) => void): () => void;
  readonly actions: GuideActions;
}

export interface GuideOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Another than 127.0.0.1 only inside a container whose port is published on the host's loopback. */
  readonly host?: string;
  /**
   * Names besides localhost, 127.0.0.1 and [::1] by which a browser may ask, as a `Host` header spells them: `name` or
   * `name:port`. For a dev container behind a forwarded port.
   */
  readonly allowedHosts?: readonly string[];
  /** A folder for rendered texts, whose code is coloured at the first start alone; without it, at every start. */
  readonly pagesFolder?: string | null;
  /** How often an open page hears that the server is there; 15 000 when not given. */
  readonly heartbeatMs?: number;
}

export interface Guide {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly url: string;
  /** What every request that changes something must carry; new with each start. */
  readonly token: string;
  /** Ends every open stream and connection, then resolves. */
  close(): Promise<void>;
}
