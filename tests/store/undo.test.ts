import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBackups } from '../../store/workspace/backup.ts';
import { surveyApp } from '../../store/workspace/file-tree.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { startChild } from './child-program.ts';
import { edit, openedWorkshop, shown, textIn, workshopFolder } from './workspace-fixture.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

test('an undo that was broken off is finished by the next', async () => {
  const workspace = await openedWorkshop();
  const before = shown(await workspace.files());
  const written = new Map([
    ['app/src/search.ts', bytes('theirs\n')],
    ['app/package.json', bytes('theirs\n')],
  ]);
  const backup = await workspace.write(written, 'solution');
  // As a killed undo leaves it: its own backup is taken, one of two files is back, nothing is marked.
  const about = { reason: 'undo of solution', touches: [...written.keys()], undoes: backup.id };
  await openBackups(workspace.root).take(await surveyApp(workspace.root), about);
  await edit(workspace.root, 'app/package.json', before['app/package.json'] ?? '');
  const again = await openWorkspace({ root: workspace.root });
  expect((await again.undo()).id).toBe(backup.id);
  expect(shown(await again.files())).toEqual(before);
});

test('backups are named by their order even when the clock stands still or was set back', async () => {
  const workspace = await openedWorkshop();
  const ids: string[] = [];
  const { id } = await workspace.backup('tomorrow');
  const folder = join(workspace.root, '.workshop', 'backups');
  const later = id.replace(/^\d{4}/, '2999');
  const manifest = await readFile(join(folder, `${id}.json`), 'utf8');
  await rename(join(folder, `${id}.json`), join(folder, `${later}.json`));
  await writeFile(join(folder, `${later}.json`), manifest.replace(id, later));
  ids.push(later);
  for (let i = 0; i < 5; i++) ids.push((await workspace.backup('same')).id);
  expect([...ids].sort()).toEqual(ids);
  expect((await workspace.backups()).map((backup) => backup.id)).toEqual([...ids].reverse());
});

test('two who write at once take turns, and both can be undone', async () => {
  const workspace = await openedWorkshop();
  const other = await openWorkspace({ root: workspace.root });
  const [one, two] = await Promise.all([
    workspace.write(new Map([['app/src/search.ts', bytes('one\n')]]), 'one'),
    other.write(new Map([['app/package.json', bytes('two\n')]]), 'two'),
  ]);
  await workspace.undo(one.id);
  await workspace.undo(two.id);
  expect(await workspace.changed()).toEqual([]);
});

test('a killed write keeps nobody waiting and leaves nothing in app/', async () => {
  const root = await workshopFolder();
  const child = startChild('write-program.ts', root);
  await child.untilSaid(3);
  await child.kill();
  const workspace = await openWorkspace({ root });
  const since = performance.now();
  await workspace.write(new Map([['app/no-newline.txt', bytes('mine')]]), 'mine');
  expect(performance.now() - since).toBeLessThan(SHORTER_THAN_PATIENCE_MS);
  expect(await textIn(root, 'app/no-newline.txt')).toBe('mine');
  const names = [...(await workspace.files()).keys()];
  expect(names.filter((name) => /tmp|staging/.test(name))).toEqual([]);
});

/** A lock whose holder lives, or is not known, is waited for 10 seconds. */
const SHORTER_THAN_PATIENCE_MS = 8_000;
