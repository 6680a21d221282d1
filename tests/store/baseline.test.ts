import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blobId, computeBaseline } from '../../store/workspace/baseline.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';
import { edit, git, openedWorkshop, SHIPPED, shown, textIn, workshopFolder } from './workspace-fixture.ts';

const SHIPPED_TEXT = Object.fromEntries(
  Object.entries(SHIPPED).map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]),
);

describe("the learner's files", () => {
  test('are read byte for byte, without what is installed, built or of git', async () => {
    const root = await workshopFolder();
    await writeFiles(root, {
      'app/node_modules/x/index.js': 'x',
      'app/src/node_modules/y.js': 'y',
      'app/dist/server.js': 'z',
      'app/.git/HEAD': 'ref',
      'app/.env': 'KEPT=1',
      'app/src/dist/kept.ts': 'kept',
    });
    const workspace = await openWorkspace({ root });
    expect(shown(await workspace.files())).toEqual({
      ...SHIPPED_TEXT,
      'app/.env': 'KEPT=1',
      'app/src/dist/kept.ts': 'kept',
    });
    expect([...(await workspace.files()).keys()]).toEqual([...(await workspace.files()).keys()].sort());
  });

  test('are not read through a link that leads out of app/, and that is said', async () => {
    const root = await workshopFolder();
    const outside = await temporaryFolder({ 'secret.txt': 'secret', 'folder/secret.txt': 'secret' });
    await symlink(join(outside, 'secret.txt'), join(root, 'app', 'secret.txt'));
    await symlink(join(outside, 'folder'), join(root, 'app', 'folder'));
    await symlink('src', join(root, 'app', 'inside'));
    await symlink('src/search.ts', join(root, 'app', 'alias.ts'));
    await symlink('circle', join(root, 'app', 'circle'));
    await symlink('nowhere', join(root, 'app', 'dangling'));
    const workspace = await openWorkspace({ root });
    expect(shown(await workspace.files())).toEqual({
      ...SHIPPED_TEXT,
      'app/alias.ts': SHIPPED_TEXT['app/src/search.ts'],
    });
    expect(await workspace.leftOut()).toEqual([
      { path: 'app/circle', reason: 'a link in a circle' },
      { path: 'app/folder', reason: 'a link that leads out of app/' },
      { path: 'app/inside', reason: 'a link to a folder' },
      { path: 'app/secret.txt', reason: 'a link that leads out of app/' },
    ]);
  });

  test('are none when there is no app/', async () => {
    const root = await workshopFolder();
    await rm(join(root, 'app'), { recursive: true });
    expect((await (await openWorkspace({ root })).files()).size).toBe(0);
  });

  test('that are not as shipped are listed: changed, added, removed', async () => {
    const workspace = await openedWorkshop();
    expect(await workspace.changed()).toEqual([]);
    await edit(workspace.root, 'app/src/search.ts', 'export const search = 2;\n');
    await edit(workspace.root, 'app/new.ts', '');
    await rm(join(workspace.root, 'app/no-newline.txt'));
    expect(await workspace.changed()).toEqual(['app/new.ts', 'app/no-newline.txt', 'app/src/search.ts']);
  });
});

describe('the baseline', () => {
  test('is named by the ids that git gives', async () => {
    const root = await workshopFolder();
    await git(root, 'init', '-q');
    const ids = await git(root, 'hash-object', '--no-filters', ...Object.keys(SHIPPED));
    const tree = new Map(Object.entries(SHIPPED).map(([path, bytes]) => [path, Buffer.from(bytes)]));
    expect(Object.keys(SHIPPED).map((path) => computeBaseline(tree).files[path])).toEqual(
      ids.trim().split('\n'),
    );
    expect(blobId(Buffer.alloc(0))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  });

  test('comes from the copy of the first start once files are edited or gone, without git', async () => {
    const workspace = await openedWorkshop();
    await edit(workspace.root, 'app/src/search.ts', 'mine\n');
    await rm(join(workspace.root, 'app', 'public'), { recursive: true });
    const again = await openWorkspace({ root: workspace.root });
    expect(shown(await again.baseline())).toEqual(SHIPPED_TEXT);
  });

  test('copies only what is still as shipped, and adds what becomes so again', async () => {
    const root = await workshopFolder();
    await edit(root, 'app/src/search.ts', 'mine\n');
    await openWorkspace({ root });
    await expect(textIn(root, '.workshop/baseline/app/src/search.ts')).rejects.toThrow();
    expect(await textIn(root, '.workshop/baseline/app/package.json')).toBe('{}\n');
    await writeFiles(root, { 'app/src/search.ts': SHIPPED['app/src/search.ts'] ?? '' });
    await openWorkspace({ root });
    expect(await textIn(root, '.workshop/baseline/app/src/search.ts')).toBe(SHIPPED['app/src/search.ts']);
  });

  test('comes from git when a learner has committed their edits and lost the copy', async () => {
    const root = await workshopFolder();
    await git(root, 'init', '-q');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-qm', 'as shipped');
    await edit(root, 'app/src/search.ts', 'mine\n');
    await rm(join(root, 'app/public/logo.png'));
    await git(root, 'commit', '-qam', 'mine');
    const workspace = await openWorkspace({ root });
    await rm(join(root, '.workshop', 'baseline'), { recursive: true });
    expect(shown(await workspace.baseline())).toEqual(SHIPPED_TEXT);
  });

  test('that is nowhere is named, with what to do', async () => {
    const root = await workshopFolder();
    await edit(root, 'app/src/search.ts', 'mine\n');
    await rm(join(root, 'app/public/logo.png'));
    const workspace = await openWorkspace({ root });
    expect(await refusal(() => workspace.baseline())).toMatchInlineSnapshot(`
      "BASELINE_LOST
      These files were wanted as they were shipped; they are changed in app/, not among the copies in .workshop/baseline/, and git has no version of them here:
        app/public/logo.png
        app/src/search.ts
      > Get the workshop anew into another folder, and copy from it app/public/logo.png to .workshop/baseline/app/public/logo.png, app/src/search.ts to .workshop/baseline/app/src/search.ts."
    `);
  });

  test('is not taken from a copy that somebody changed', async () => {
    const workspace = await openedWorkshop();
    await writeFile(join(workspace.root, '.workshop/baseline/app/src/search.ts'), 'changed');
    await edit(workspace.root, 'app/src/search.ts', 'mine\n');
    expect(await refusal(() => workspace.baseline())).toMatch(/^BASELINE_LOST\n/);
  });

  test('comes back from the path that the remedy names', async () => {
    const root = await workshopFolder();
    await edit(root, 'app/src/search.ts', 'mine\n');
    const workspace = await openWorkspace({ root });
    await writeFiles(root, { '.workshop/baseline/app/src/search.ts': SHIPPED['app/src/search.ts'] ?? '' });
    expect(shown(await workspace.baseline())).toEqual(SHIPPED_TEXT);
  });

  test('whose manifest is damaged says where, and one that names files elsewhere is refused', async () => {
    const root = await workshopFolder();
    const workspace = await openWorkspace({ root });
    await writeFiles(root, { 'steps/baseline.json': JSON.stringify({ files: { 'app/x.ts': 'abc' } }) });
    expect(await refusal(() => workspace.baseline())).toMatchInlineSnapshot(`
      "BASELINE_INVALID
      steps/baseline.json is not as it should be:
        files.app/x.ts: expected the 40 hexadecimal digits of a git blob id, found "abc"
      > Bring the file back with \`git checkout -- steps/baseline.json\`; an author makes it with \`npm run author baseline\`."
    `);
    for (const path of ['app/../../x', 'steps/x', 'app\\x', 'app/./x']) {
      await writeFiles(root, {
        'steps/baseline.json': JSON.stringify({ files: { [path]: blobId(Buffer.alloc(0)) } }),
      });
      expect(await refusal(() => workspace.changed())).toMatch(/^BASELINE_INVALID\n/);
    }
  });

  test('is restored file by file, and what was not shipped is removed', async () => {
    const workspace = await openedWorkshop();
    const { root } = workspace;
    await edit(root, 'app/src/search.ts', 'mine\n');
    await edit(root, 'app/package.json', 'mine too\n');
    await mkdir(join(root, 'app/src/extra'));
    await edit(root, 'app/src/extra/new.ts', 'new\n');
    const backup = await workspace.restoreBaseline(
      ['app/src/search.ts', 'app/src/extra/new.ts'],
      'reset sql-injection',
    );
    expect(await workspace.changed()).toEqual(['app/package.json']);
    expect(await readdir(join(root, 'app/src'))).toEqual(['search.ts', 'views']);
    expect(backup).toMatchObject({ reason: 'reset sql-injection', undone: false });
    await workspace.undo();
    expect(await workspace.changed()).toEqual([
      'app/package.json',
      'app/src/extra/new.ts',
      'app/src/search.ts',
    ]);
    expect(await readFile(join(root, 'app/src/search.ts'), 'utf8')).toBe('mine\n');
  });
});
