import { randomInt } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBackups } from '../../store/workspace/backup.ts';
import { surveyApp } from '../../store/workspace/file-tree.ts';
import { openWorkspace, type Workspace } from '../../store/workspace/workspace.ts';
import { startChild } from './child-program.ts';
import { writeFiles } from './temporary-folder.ts';
import { SHIPPED, workshopFolder } from './workspace-fixture.ts';

/** SECOND_OPINION_SEED repeats a run that failed. */
const SEED = Number(process.env['SECOND_OPINION_SEED'] ?? randomInt(2 ** 31));

test('every version of a file that a write of ours has replaced can be brought back, byte for byte', async () => {
  let [sequences, versions] = [0, 0];
  const sequence = fc.array(ACTION, { minLength: 4, maxLength: 14 });
  const property = fc.asyncProperty(sequence, async (actions) => {
    versions += await expectNothingLost(actions);
    sequences += 1;
  });
  await fc.assert(property, {
    seed: SEED,
    numRuns: 40,
    interruptAfterTimeLimit: 12_000,
    endOnFailure: true,
  });
  console.info(`${versions} versions in ${sequences} sequences, seed ${SEED}`);
  expect(versions).toBeGreaterThan(0);
});

test('a version that is in no backup would be missed', async () => {
  const root = await workshopFolder();
  const window = await openWorkspace({ root });
  await window.write(new Map([['app/src/search.ts', Buffer.from('theirs\n')]]), 'solution');
  const shipped = { path: 'app/src/search.ts', bytes: Buffer.from(SHIPPED['app/src/search.ts'] ?? '') };
  await expectBroughtBack(root, window, shipped);
  const never = { ...shipped, bytes: Buffer.from('never saved\n') };
  await expect(expectBroughtBack(root, window, never)).rejects.toThrow('is in no backup');
});

/** Answers how many versions that were. */
async function expectNothingLost(actions: readonly Action[]): Promise<number> {
  const root = await workshopFolder();
  const windows = [await openWorkspace({ root }), await openWorkspace({ root })] as const;
  const replaced: Version[] = [];
  for (const action of actions) {
    const before = await bytesNow(root);
    await perform(root, windows, action);
    if (action.kind === 'edit') continue;
    const after = await bytesNow(root);
    for (const [path, bytes] of before)
      if (after.get(path)?.equals(bytes) !== true) replaced.push({ path, bytes });
  }
  const [window] = windows;
  for (const version of replaced) await expectBroughtBack(root, window, version);
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  return replaced.length;
}

interface Version {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What a person can do: undo by the name of a backup whose write has touched the file. */
async function expectBroughtBack(root: string, window: Workspace, { path, bytes }: Version): Promise<void> {
  const backups = openBackups(root);
  for (const manifest of await backups.list()) {
    if (manifest.touches !== null && !manifest.touches.includes(path)) continue;
    if ((await backups.bytesOf(manifest, path))?.equals(bytes) !== true) continue;
    await window.undo(manifest.id);
    expect((await bytesNow(root)).get(path)?.equals(bytes)).toBe(true);
    return;
  }
  throw new Error(`${path} with ${JSON.stringify(bytes.toString('latin1'))} is in no backup`);
}

async function bytesNow(root: string): Promise<ReadonlyMap<string, Buffer>> {
  return new Map([...(await surveyApp(root)).files].map(([path, { bytes }]) => [path, bytes]));
}

async function perform(
  root: string,
  windows: readonly [Workspace, Workspace],
  action: Action,
): Promise<void> {
  switch (action.kind) {
    case 'edit':
      return edit(root, action);
    case 'both':
      await Promise.all(
        windows.map((window, i) => perform(root, [window, window], action.ones[i === 0 ? 0 : 1])),
      );
      return;
    case 'killed':
      await startChild('killed-write-program.ts', root, String(action.before)).ended;
      return;
    case 'apply':
      await windows[action.window].write(new Map([[action.path, action.bytes]]), 'solution');
      return;
    case 'reset':
      await windows[action.window].restoreBaseline(action.paths, 'reset');
      return;
    case 'undo':
      // At first there is nothing to undo, and that is an answer.
      await windows[action.window].undo().catch((error: unknown) => expect(error).toMatchObject(NOTHING));
      return;
    default:
      return action satisfies never;
  }
}

/** Editors write into the file, put another in its place, or delete it. */
async function edit(root: string, { path, bytes, by }: Extract<Action, { kind: 'edit' }>): Promise<void> {
  if (by === 'deletion') return rm(join(root, path), { force: true });
  if (by === 'writing') return writeFiles(root, { [path]: bytes });
  await writeFiles(root, { [`${path}~`]: bytes });
  await rename(join(root, `${path}~`), join(root, path));
}

type Write =
  | { readonly kind: 'apply'; readonly window: 0 | 1; readonly path: string; readonly bytes: Buffer | null }
  | { readonly kind: 'reset'; readonly window: 0 | 1; readonly paths: readonly string[] }
  | { readonly kind: 'undo'; readonly window: 0 | 1 };
type Action =
  | Write
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly bytes: Buffer;
      readonly by: 'writing' | 'renaming' | 'deletion';
    }
  | { readonly kind: 'both'; readonly ones: readonly [Write, Write] }
  | { readonly kind: 'killed'; readonly before: number };

const PATH = fc.constantFrom(...Object.keys(SHIPPED), 'app/src/new.ts', 'app/src/views/other.ts');
const BYTES = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const WINDOW = fc.constantFrom(0 as const, 1 as const);
const WRITE: fc.Arbitrary<Write> = fc.oneof(
  fc.record({
    kind: fc.constant('apply' as const),
    window: WINDOW,
    path: PATH,
    bytes: fc.option(BYTES, { nil: null, freq: 5 }),
  }),
  fc.record({
    kind: fc.constant('reset' as const),
    window: WINDOW,
    paths: fc.uniqueArray(PATH, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('undo' as const), window: WINDOW }),
);
const ACTION: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      path: PATH,
      bytes: BYTES,
      by: fc.constantFrom('writing' as const, 'renaming' as const, 'deletion' as const),
    }),
  },
  { weight: 5, arbitrary: WRITE },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('both' as const), ones: fc.tuple(WRITE, WRITE) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('killed' as const), before: fc.integer({ min: 1, max: 14 }) }),
  },
);
const NOTHING = { code: 'NOTHING_TO_UNDO' };
