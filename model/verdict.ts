import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';
import { type Finding, findingSchema } from './finding.ts';
import { problemSchema } from './workshop-error.ts';

/** What one named check of a step came to. `blocked`: an earlier finding made it impossible to try (the clinic never started). */
export const checkResultSchema = z.discriminatedUnion('outcome', [
  z.object({
    id: z.string(),
    outcome: z.literal('passed'),
    /** Notes only. */
    findings: z.array(findingSchema),
    evidence: z.array(evidenceSchema),
    durationMs: z.number(),
  }),
  z.object({
    id: z.string(),
    outcome: z.literal('failed'),
    findings: z.array(findingSchema).nonempty(),
    evidence: z.array(evidenceSchema),
    durationMs: z.number(),
  }),
  z.object({ id: z.string(), outcome: z.literal('blocked'), by: z.string() }),
  z.object({ id: z.string(), outcome: z.literal('errored'), problem: problemSchema, durationMs: z.number() }),
]);

/** What a run decided. Passed needs every expected check by name; failed needs a finding; our own failure is errored. */
export const verdictSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('passed'), notes: z.array(findingSchema) }),
  z.object({ outcome: z.literal('failed'), findings: z.array(findingSchema).nonempty() }),
  z.object({ outcome: z.literal('errored'), problem: problemSchema }),
  z.object({ outcome: z.literal('cancelled'), reason: z.enum(['superseded', 'interrupted']) }),
]);

export type CheckResult = z.infer<typeof checkResultSchema>;
export type Verdict = z.infer<typeof verdictSchema>;

/**
 * The verdict of a run from its results, read by name: every expected check once, none unknown, none missing.
 * A finding outweighs a problem of ours in another check (it is certain); anything incomplete is errored.
 */
export function decideVerdict(expected: readonly string[], results: readonly CheckResult[]): Verdict {
  const findings = results.flatMap((r) => ('findings' in r ? r.findings : []));
  const [first, ...rest] = findings.filter((f) => f.level === 'error');
  if (first !== undefined) return { outcome: 'failed', findings: [first, ...rest, ...notesOf(results)] };

  const problem = results.find((r) => r.outcome === 'errored');
  if (problem?.outcome === 'errored') return { outcome: 'errored', problem: problem.problem };

  const wrong = countingFault(expected, results);
  if (wrong !== null) return { outcome: 'errored', problem: wrong };
  return { outcome: 'passed', notes: notesOf(results) };
}

function notesOf(results: readonly CheckResult[]): Finding[] {
  return results
    .flatMap((r) => (r.outcome === 'passed' || r.outcome === 'failed' ? r.findings : []))
    .filter((f) => f.level === 'note');
}

function countingFault(expected: readonly string[], results: readonly CheckResult[]) {
  if (expected.length === 0) return fault('no check was expected, so nothing was judged');
  if (new Set(expected).size !== expected.length) return fault('a check is listed twice');
  for (const id of expected) {
    const hits = results.filter((r) => r.id === id);
    if (hits.length !== 1) return fault(`the check "${id}" ran ${hits.length} times, expected once`);
    const [hit] = hits;
    if (hit?.outcome !== 'passed') return fault(`the check "${id}" did not run to its end`);
  }
  const unknown = results.find((r) => !expected.includes(r.id));
  return unknown === undefined ? null : fault(`a check "${unknown.id}" ran that step.json does not list`);
}

function fault(what: string) {
  return {
    code: 'CHECKS_INCOMPLETE',
    message: `The judge could not decide: ${what}.`,
    remedy:
      'This is a fault of the step and not of your code. Run `npm run author verify` and report what it says.',
  };
}
