import type { Leak } from '../../harness/layers/leaks.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import type { Finding } from '../../model/finding.ts';
import { layersEvidence } from '../../harness/layers/layers-evidence.ts';
import { createImageLayout } from '../../harness/layers/oci/image-layout.ts';
import type { Run } from '../../harness/run.ts';
import { imagesAsTheyStand, leaking, type Leaking } from './images.ts';

/**
 * Reports what can certainly be read in these places. What only may be there is undecided: neither passed nor failed,
 * unless something else in the same place is certain.
 */
export async function refuseLeaks(
  run: Run,
  where: readonly Leak['where'][],
  tell: (leak: Leak) => Told,
): Promise<void> {
  const all = await run.once(leaking);
  const doubts: { file: string; leak: Leak }[] = [];
  let refused = 0;
  for (const { build, leaks } of all) {
    const here = leaks.filter((leak) => where.includes(leak.where));
    for (const each of together(here.filter(({ certain }) => certain))) {
      refused += 1;
      run.report({ ...tell(each), location: { file: build.file, line: each.line } });
    }
    doubts.push(...here.flatMap((leak) => (leak.certain ? [] : [{ file: build.file, leak }])));
  }
  const [doubt] = doubts;
  if (refused === 0 && doubt !== undefined)
    throw undecided(
      doubt.file,
      doubt.leak.line,
      `what is made of ${doubt.leak.secret} there still holds it (${doubt.leak.place})`,
    );
}

export type Told = Pick<Finding, 'ruleId' | 'message' | 'tried' | 'expected' | 'observed' | 'why'>;

/** A program that reading can't follow had a secret within its reach. */
export async function refuseGuessing(run: Run): Promise<void> {
  for (const { build, leaks } of await run.once(leaking)) {
    if (leaks.some(({ certain }) => certain)) continue;
    for (const event of build.model.events)
      if (event.kind === 'not-followed' && event.secrets.length > 0)
        throw undecided(
          build.file,
          event.line,
          `what ${event.what} does with ${event.secrets.join(', ')}, which it can reach`,
        );
  }
}

/** The layers with every place where a secret can be read, and the command that reads it. */
export async function showLayers(run: Run): Promise<void> {
  const plain = await run.once(imagesAsTheyStand);
  for (const [index, { build, leaks }] of (await run.once(leaking)).entries()) {
    const other = plain.builds[index];
    const layout =
      other === undefined || other.model.final === null || leaks.length === 0
        ? null
        : createImageLayout(other.model, 'clinic:latest');
    const command = (leak: Leak) => {
      if (leak.where === 'output') return 'docker build --no-cache --progress=plain app';
      if (leak.where !== 'layer') return `cat .workshop/image/${layout?.config ?? ''}`;
      return `tar -xOf .workshop/image/${layout?.layers[leak.layer ?? 0] ?? ''} ${leak.place.slice(1)}`;
    };
    if (build.model.final !== null)
      run.show(
        layersEvidence(build.model, {
          isWaste: () => false,
          leaks: leaks.filter(({ certain }) => certain),
          command,
        }),
      );
  }
}

/** One finding for all secrets of one place. */
function together(leaks: readonly Leak[]): Leak[] {
  const byPlace = new Map<string, Leak>();
  for (const leak of leaks) {
    const key = `${leak.where} ${leak.line} ${leak.layer ?? ''} ${leak.place}`;
    const before = byPlace.get(key);
    const secret =
      before === undefined || before.secret.split(', ').includes(leak.secret)
        ? leak.secret
        : `${before.secret}, ${leak.secret}`;
    byPlace.set(key, {
      ...leak,
      secret:
        before !== undefined && before.secret.split(', ').includes(leak.secret) ? before.secret : secret,
    });
  }
  return [...byPlace.values()];
}

export function undecided(file: string, line: number, what: string): WorkshopError {
  return new WorkshopError(
    'UNDECIDED',
    `Reading ${file} can't tell (line ${line}) ${what}. Nothing was found wrong with it.`,
    {
      remedy:
        'Write that line with commands that the workshop can follow, such as `test -s FILE`, `cp`, `grep` or `npm ci` (the guide lists them), or build it for real with `npm run check 10 -- --docker`.',
    },
  );
}

export type { Leaking };
