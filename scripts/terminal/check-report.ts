import type { Step } from '../../model/step.ts';
import type { CheckResult, Verdict } from '../../model/verdict.ts';
import { renderCheck, titleOf } from './render-check.ts';
import { renderRepeat, renderVerdict } from './render-verdict.ts';
import type { Terminal } from './terminal.ts';

interface Result {
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
}

/** What `check` says while it goes on: words for a person, or one JSON document at the end. */
export interface Report {
  begin(step: Step): void;
  check(result: CheckResult): void;
  end(result: Result, seed: number): void;
  /** What is not part of the result: to stderr, and only where somebody sees it. */
  aside(line: string): void;
  close(): void;
}

export function createReport(terminal: Terminal, form: 'words' | 'json'): Report {
  const aside = (line: string) => {
    if (terminal.watched) terminal.note(terminal.notePaint.dim(line));
  };
  return { aside, ...(form === 'json' ? inJson(terminal) : inWords(terminal)) };
}

function inWords({ out, paint, columns }: Terminal): Omit<Report, 'aside'> {
  let current: Step | null = null;
  return {
    begin(step) {
      if (current !== null) out('');
      current = step;
      out(`${paint.bold(`Step ${step.number} · ${step.title}`)}\n`);
    },
    check(result) {
      if (current !== null) out(renderCheck(current, result, paint));
    },
    end(result, seed) {
      if (current === null) return;
      out(`\n${renderVerdict({ step: current, ...result, paint, columns })}`);
      if (result.verdict.outcome === 'failed') out(`\n${renderRepeat(current, seed, paint)}`);
    },
    close: () => undefined,
  };
}

function inJson({ out }: Terminal): Omit<Report, 'aside'> {
  let current: Step | null = null;
  const steps: object[] = [];
  return {
    begin: (step) => void (current = step),
    check: () => undefined,
    end({ verdict, checks, durationMs }) {
      const step = current;
      if (step === null) return;
      const { number, slug } = step;
      const listed = checks.map((check) => ({
        id: check.id,
        title: titleOf(step, check.id),
        outcome: check.outcome,
        findings: 'findings' in check ? check.findings : [],
      }));
      steps.push({ number, slug, verdict, checks: listed, durationMs });
    },
    close: () => out(JSON.stringify({ steps }, null, 2)),
  };
}
