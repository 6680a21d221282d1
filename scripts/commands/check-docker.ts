import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { checkForReal, type RealCheck } from '../../harness/layers/engine/check-for-real.ts';
import { judgeBuilds } from '../../harness/layers/judged-builds.ts';
import { createRandom } from '../../harness/random.ts';
import { createSources } from '../../harness/sources.ts';
import type { Finding } from '../../model/finding.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { createReleasers } from '../releasers.ts';
import { renderFinding } from '../terminal/render-finding.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';

interface Order {
  readonly root: string;
  readonly app: string;
  readonly slugs: readonly string[];
  readonly seed: number | undefined;
  readonly json: boolean;
}

/** `check 8 -- --docker`: builds, starts and searches the image for real. The journal does not hear of it. */
export async function checkWithDocker(
  { root, app, slugs, seed, json }: Order,
  terminal: Terminal,
): Promise<number> {
  if (slugs.length === 0 || slugs.some((slug) => !STEPS.has(slug)))
    throw usageError('--docker is for the steps 8 and 10.', 'Type it like this: npm run check 8 -- --docker');
  const releasers = createReleasers();
  try {
    const { signal } = listenForInterrupt(releasers);
    const random = createRandom(seed ?? randomInt(2 ** 31));
    const judged = judgeBuilds(createSources(app), random, { probes: {}, shipped: new Map() });
    const [build] = judged.builds;
    if (build === undefined)
      throw usageError(`There is no Dockerfile in ${app}.`, 'Bring it back with `npm run reset 8`.');
    const say = (line: string) => {
      if (!json) terminal.note(terminal.notePaint.dim(`  ${line.slice(0, terminal.columns - 4)}`));
    };
    const scratch = join(root, '.workshop', 'scratch');
    const real = await checkForReal({ judged, build, scratch, signal, say });
    const rules = new Set(slugs.flatMap((slug) => STEPS.get(slug) ?? []));
    const findings = real.findings.filter(({ ruleId }) => rules.has(ruleId.split('/')[0] ?? ''));
    terminal.out(json ? JSON.stringify({ ...real, findings }) : render(real, findings, terminal));
    return findings.length === 0 ? 0 : 1;
  } finally {
    await releasers.closeAll();
  }
}

function render(real: RealCheck, findings: readonly Finding[], { columns, paint }: Terminal): string {
  const measured =
    real.bytes === null
      ? []
      : [
          `  size    ${(real.bytes / 1e6).toFixed(0)} MB on disk, measured`,
          `  user    ${real.user ?? 'not known'}`,
          `  answer  ${real.status === null ? 'none' : `/healthz answered ${real.status}`}${real.status === 500 ? ', as it does without a database' : ''}`,
        ];
  const head = findings.length === 0 ? paint.green('✓ Passed') : paint.red('✗ Failed');
  return [
    ...measured,
    '',
    `${head}  built and tried with Docker ${real.engine}. What reading the Dockerfile finds is not part of it: run the check without --docker as well.`,
    ...findings.flatMap((finding) => ['', renderFinding(finding, columns, paint)]),
  ].join('\n');
}

/** Which findings belong to which step. A build that fails fails both. */
const STEPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['bloated-dockerfile', ['image']],
  ['secrets-in-layers', ['secrets', 'image']],
]);
