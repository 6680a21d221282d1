import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { engineVersion } from '../../harness/layers/engine/docker.ts';
import { noEngine } from '../../harness/layers/engine/engine-errors.ts';
import { checkForReal, type RealCheck } from '../../harness/layers/engine/check-for-real.ts';
import { judgeBuilds } from '../../harness/layers/judged-builds.ts';
import { createRandom } from '../../harness/random.ts';
import { createSources } from '../../harness/sources.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { exitCodeOf } from '../exit-code.ts';
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
  const { signal } = listenForInterrupt(releasers);
  try {
    const engine = await engineVersion();
    if (engine === null) throw noEngine();
    const random = createRandom(seed ?? randomInt(2 ** 31));
    const judged = judgeBuilds(createSources(app), random, { probes: {}, shipped: new Map() });
    if (judged.builds.length === 0)
      throw usageError(`There is no Dockerfile in ${app}.`, 'Bring it back with `npm run reset 8`.');
    const say = (line: string) => {
      if (!json) terminal.note(terminal.notePaint.dim(`  ${line.slice(0, terminal.columns - 4)}`));
    };
    const scratch = join(root, '.workshop', 'scratch');
    const builds: RealCheck[] = [];
    for (const build of judged.builds) {
      const real = await checkForReal({ judged, build, scratch, signal, say });
      builds.push({ ...real, findings: real.findings.filter(({ ruleId }) => isOf(slugs, ruleId)) });
    }
    terminal.out(json ? JSON.stringify({ engine, builds }) : render(engine, builds, terminal));
    return builds.every(({ findings }) => findings.length === 0) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof WorkshopError) || error.code !== 'INTERRUPTED') throw error;
    terminal.note('Stopped. Its image, its container and its files are gone.');
    return exitCodeOf([{ outcome: 'cancelled', reason: 'interrupted' }]);
  } finally {
    await releasers.closeAll();
  }
}

function render(engine: string, builds: readonly RealCheck[], { columns, paint }: Terminal): string {
  const findings = builds.flatMap((build) => build.findings);
  const head = findings.length === 0 ? paint.green('✓ Passed') : paint.red('✗ Failed');
  return [
    ...builds.flatMap((build) => measured(build, builds.length > 1)),
    '',
    `${head}  built and tried with Docker ${engine}. What reading the Dockerfile finds is not part of it: run the check without --docker as well.`,
    ...findings.flatMap((finding) => ['', renderFinding(finding, columns, paint)]),
  ].join('\n');
}

function measured({ file, bytes, user, status }: RealCheck, named: boolean): string[] {
  if (bytes === null) return [];
  const answer = status === null ? 'none' : `/healthz answered ${status}`;
  return [
    ...(named ? [`  ${file}`] : []),
    `  size    ${(bytes / 1e6).toFixed(0)} MB on disk, measured`,
    `  user    ${user ?? 'not known'}`,
    `  answer  ${answer}${status === 500 ? ', as it does without a database' : ''}`,
  ];
}

const isOf = (slugs: readonly string[], ruleId: string) =>
  slugs.some((slug) => STEPS.get(slug)?.test(ruleId) === true);

/** Which findings belong to which step. A build that fails fails both; whom the image runs as is of step 8 alone. */
const STEPS: ReadonlyMap<string, RegExp> = new Map([
  ['bloated-dockerfile', /^image\//],
  ['secrets-in-layers', /^secrets\/|^image\/(does-not-build|cannot-start|cannot-be-reached)$/],
]);
