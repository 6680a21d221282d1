import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chooseEngine } from '../database/chosen-engine.ts';
import { type Engine, startEngine } from '../database/engine.ts';
import { stepFileSchema } from '../model/step.ts';
import type { CheckResult } from '../model/verdict.ts';
import { problemOf } from '../model/workshop-error.ts';
import type { Checks } from './check.ts';
import { executeChecks } from './judge/execute.ts';
import { createWorkbench } from './workbench.ts';

/** Makes a step's checks tests of vitest: one run over `app/`, one test a check. For `npx vitest run steps/NN-*`. */
export function registerTests(directory: string, checks: Checks): void {
  const step = stepFileSchema.parse(JSON.parse(readFileSync(join(directory, 'step.json'), 'utf8')));
  const root = resolve(directory, '..', '..');
  const seed = randomInt(2 ** 31);
  let running: Promise<readonly CheckResult[]> | null = null;
  let engine: Engine | null = null;
  const runOnce = () =>
    (running ??= (async () => {
      const home = join(root, '.workshop', 'engine');
      const access = await startEngine({ home, ...chooseEngine(process.env) }).then(
        (started) => ({ address: (engine = started).address }),
        (error: unknown) => ({ problem: problemOf(error) }),
      );
      const workbench = createWorkbench(root, access);
      try {
        const { results, cleaned } = await executeChecks(workbench, {
          root,
          app: join(root, 'app'),
          checks,
          expected: step.checks.map((c) => c.id),
          needs: step.needs,
          seed,
          signal: new AbortController().signal,
          onCheck: () => {},
        });
        await cleaned;
        return results;
      } finally {
        await workbench.close();
      }
    })());

  describe(`${step.title} (seed ${seed})`, () => {
    afterAll(() => engine?.close());
    for (const { id, title } of step.checks) {
      test(title, async () => {
        const result = (await runOnce()).find((r) => r.id === id);
        expect(inWords(result)).toBe('passed');
      });
    }
  });
}

function inWords(result: CheckResult | undefined): string {
  switch (result?.outcome) {
    case undefined:
      return 'did not run';
    case 'passed':
      return 'passed';
    case 'failed':
      return result.findings
        .map((f) =>
          [`${f.ruleId}: ${f.message}`, f.tried, f.expected, f.observed, f.location?.file]
            .filter((x) => x !== undefined)
            .join('\n  '),
        )
        .join('\n');
    case 'blocked':
      return `not tried, because "${result.by}" failed`;
    case 'errored':
      return `the judge could not decide: ${result.problem.message} ${result.problem.remedy}`;
    default:
      return result satisfies never;
  }
}
