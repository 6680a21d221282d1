import type { GuideSource } from '../../docs/guide-source.ts';
import type { NewEvent, WorkshopEvent } from '../../model/event.ts';
import { foldProgress, type Progress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import type { StepContent } from '../../store/step-content.ts';
import { SAMPLE_SOURCE, sampleContent, sampleSteps } from './sample-steps.ts';
import { type SampleWork, sampleWork } from './sample-work.ts';
import { SAMPLE_TEXTS } from './sample-texts.ts';

export interface SampleWorkshop {
  readonly source: GuideSource;
  /** Appends an event as the journal would, and tells whoever follows. */
  record(event: NewEvent): WorkshopEvent;
  /** What actions were asked for, in order: `check sql-injection`. */
  readonly asked: string[];
  /** How many follow now: nothing may be left behind. */
  followers(): number;
}

export interface SampleOptions extends SampleWork {
  readonly steps?: readonly Step[];
  readonly content?: (step: Step) => StepContent;
  /** Pages of docs/content; `null` is one that nobody has written. */
  readonly texts?: Readonly<Record<'glossary' | 'facilitator', string | null>>;
  /** Where the clinic is said to answer. */
  readonly clinicUrl?: string;
  /** Files that guides quote. */
  readonly readSource?: (path: string) => Promise<string>;
  /** Instead of what was recorded. */
  readonly progress?: () => Progress;
  /** Thrown by every action. */
  readonly failure?: Error;
}

/** The handed-in interface over plain data in memory, with the real fold. */
export function sampleWorkshop(options: SampleOptions = {}): SampleWorkshop {
  const steps = options.steps ?? sampleSteps();
  const events: WorkshopEvent[] = [];
  const listeners = new Set<(event: WorkshopEvent) => void>();
  const asked: string[] = [];
  const ask = (text: string) => {
    asked.push(text);
    if (options.failure !== undefined) throw options.failure;
  };
  const record = (event: NewEvent): WorkshopEvent => {
    const seq = events.length + 1;
    const at = new Date(Date.UTC(2026, 2, 3, 14, 3, seq)).toISOString();
    const whole: WorkshopEvent = { v: 1, journal: 'sample', seq, at, ...event };
    events.push(whole);
    for (const listener of listeners) listener(whole);
    return whole;
  };

  const { shows, does } = sampleWork(options, ask, record);
  const source: GuideSource = {
    ...shows,
    clinicUrl: options.clinicUrl ?? 'http://localhost:8000',
    steps: () => steps,
    content: async (step) => (options.content ?? sampleContent)(step),
    readSource: options.readSource ?? (async () => SAMPLE_SOURCE),
    text: async (name) => (options.texts ?? SAMPLE_TEXTS)[name],
    progress: options.progress ?? (() => foldProgress(events)),
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    actions: {
      ...does,
      check: async (slug) => ask(`check ${slug}`),
      async revealHint(slug) {
        ask(`hint ${slug}`);
        const hint = (foldProgress(events).steps[slug]?.hintsRevealed ?? 0) + 1;
        record({ slug, type: 'hint.revealed', hint });
        return hint;
      },
      async openStep(slug) {
        ask(`open ${slug}`);
        record({ slug, type: 'step.opened' });
      },
      openEditor: async (file, line) => ask(`edit ${file} ${line ?? '-'}`),
    },
  };
  return { source, record, asked, followers: () => listeners.size };
}
