import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished, expect, test } from 'vitest';
import { edit, openedWorkshop, textIn } from './workspace-fixture.ts';

test('a file that is saved while the new bytes are written to the disk is kept, both as it was and as it became', async () => {
  const workspace = await openedWorkshop();
  const path = 'app/src/search.ts';
  await edit(workspace.root, path, 'mine\n');
  whenStaging(() => edit(workspace.root, path, 'mine, a moment later\n'));
  await workspace.write(new Map([[path, Buffer.from('theirs\n')]]), 'solution');
  expect(await textIn(workspace.root, path)).toBe('theirs\n');

  await workspace.undo();
  expect(await textIn(workspace.root, path)).toBe('mine, a moment later\n');
  const [earliest] = (await workspace.backups()).slice(-1);
  await workspace.undo(earliest?.id);
  expect(await textIn(workspace.root, path)).toBe('mine\n');
});

/** Runs `work` right after the first new bytes were written beside app/. */
function whenStaging(work: () => Promise<void>): void {
  const { open } = fs.promises;
  let done = false;
  fs.promises.open = async (path, ...rest) => {
    const handle = await open(path, ...rest);
    if (!done && String(path).includes('staging')) {
      done = true;
      await work();
    }
    return handle;
  };
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.promises.open = open;
    syncBuiltinESMExports();
  });
}
