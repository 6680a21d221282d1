import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../../harness/run.ts';
import { createSources } from '../../harness/sources.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { textRun } from './text-run.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURE = join(ROOT, 'fixtures', 'docker', 'judged-variants.json');

const variantsSchema = z.record(
  z.string(),
  z.object({ refusedBy: z.string().nullable(), files: z.record(z.string(), z.string().nullable()) }),
);

export type Variant = z.infer<typeof variantsSchema>[string];

export function readVariants(step: '8' | '10'): [string, Variant][] {
  const all: unknown = JSON.parse(readFileSync(FIXTURE, 'utf8'));
  return Object.entries(z.object({ [step]: variantsSchema }).parse(all)[step] ?? {});
}

/** The shipped files with some of them changed; `null` deletes one. */
export function appWith(changes: Readonly<Record<string, string | null>>): Record<string, string> {
  const shipped = createSources(join(ROOT, 'app'));
  const files = new Map(shipped.paths.map((path) => [path, shipped.text(path)]));
  for (const [path, text] of Object.entries(changes)) files.set(path, text);
  return Object.fromEntries([...files].flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
}

/** The rules that refuse these files, in order; `UNDECIDED` for a check that could not tell. */
export async function rulesFor(
  checks: Readonly<Record<string, (run: Run) => Promise<void>>>,
  files: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { run, reported } = textRun(files);
  const undecided: string[] = [];
  for (const check of Object.values(checks)) {
    try {
      await check(run);
    } catch (error) {
      if (!(error instanceof WorkshopError)) throw error;
      undecided.push(error.code);
    }
  }
  const refused = reported.filter(({ level }) => level !== 'note').map(({ ruleId }) => ruleId);
  return [...refused, ...undecided];
}

/** `null` must pass; anything else must be refused by that rule. */
export function isAsWanted({ refusedBy }: Variant, rules: readonly string[]): boolean {
  return refusedBy === null ? rules.length === 0 : rules.includes(refusedBy);
}
