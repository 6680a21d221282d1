import { chmod, chown, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { asNobody } from './as-nobody.ts';
import { startChild } from './child-program.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { edit, openedWorkshop, shown, textIn, workshopFolder } from './workspace-fixture.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('a write', () => {
  test('replaces, adds and deletes, and one undo brings all of it back', async () => {
    const workspace = await openedWorkshop();
    const { root } = workspace;
    await edit(root, 'app/src/search.ts', 'mine\n');
    const before = shown(await workspace.files());
    const backup = await workspace.write(
      new Map([
        ['app/src/search.ts', bytes('theirs\n')],
        ['app/src/deep/er/new.ts', bytes('new\n')],
        ['app/src/views/notes.ts', null],
      ]),
      'solution of sql-injection',
    );
    expect(backup.id).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-solution-of-sql-injection$/);
    expect(await textIn(root, 'app/src/search.ts')).toBe('theirs\n');
    expect(await readdir(join(root, 'app/src'))).toEqual(['deep', 'search.ts']);
    const restored = await workspace.undo();
    expect(restored).toEqual({ ...backup, undone: true });
    expect(shown(await workspace.files())).toEqual(before);
    expect(await readdir(join(root, 'app/src'))).toEqual(['search.ts', 'views']);
  });

  test('that is undone can be done again by undoing the undo', async () => {
    const workspace = await openedWorkshop();
    await workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'solution');
    const after = shown(await workspace.files());
    await workspace.undo();
    expect((await workspace.undo()).reason).toBe('undo of solution');
    expect(shown(await workspace.files())).toEqual(after);
    expect((await workspace.backups()).map((backup) => [backup.reason, backup.undone])).toEqual([
      ['undo of undo of solution', false],
      ['undo of solution', true],
      ['solution', true],
    ]);
  });

  test('leaves edits to other files alone when it is undone', async () => {
    const workspace = await openedWorkshop();
    await workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'solution');
    await edit(workspace.root, 'app/package.json', 'edited since\n');
    await workspace.undo();
    expect(await workspace.changed()).toEqual(['app/package.json']);
  });

  test('keeps what was edited since in the backup of the undo', async () => {
    const workspace = await openedWorkshop();
    await workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'solution');
    await edit(workspace.root, 'app/src/search.ts', 'theirs, and mine\n');
    await workspace.undo();
    await workspace.undo();
    expect(await textIn(workspace.root, 'app/src/search.ts')).toBe('theirs, and mine\n');
  });

  test('long past is undone by its name', async () => {
    const workspace = await openedWorkshop();
    const first = await workspace.write(new Map([['app/src/search.ts', bytes('1\n')]]), 'first');
    await workspace.write(new Map([['app/src/search.ts', bytes('2\n')]]), 'second');
    await workspace.undo(first.id);
    expect(await workspace.changed()).toEqual([]);
    const said = await refusal(() => workspace.undo(`${first.id}x`));
    expect(said.replaceAll(first.id, 'NAME')).toMatchInlineSnapshot(`
      "BACKUP_UNKNOWN
      The backup "NAMEx" was asked for, and there is none. Did you mean "NAME"?
      > Look into .workshop/backups/: each file there is named as its backup."
    `);
  });

  test('keeps the permissions of what it replaces and of what undo brings back', async () => {
    const workspace = await openedWorkshop();
    const script = join(workspace.root, 'app/start.sh');
    await writeFile(script, '#!/bin/sh\n');
    await chmod(script, 0o755);
    await workspace.write(new Map([['app/start.sh', bytes('#!/bin/sh\nexit\n')]]), 'a');
    expect((await stat(script)).mode & 0o777).toBe(0o755);
    await workspace.write(new Map([['app/start.sh', null]]), 'b');
    await workspace.undo();
    expect((await stat(script)).mode & 0o777).toBe(0o755);
  });

  test('may put a folder where a file was, and undo puts the file back', async () => {
    const workspace = await openedWorkshop();
    const before = shown(await workspace.files());
    await workspace.write(
      new Map([
        ['app/src/search.ts/index.ts', bytes('new\n')],
        ['app/src/search.ts', null],
      ]),
      'folder',
    );
    expect(await textIn(workspace.root, 'app/src/search.ts/index.ts')).toBe('new\n');
    await workspace.undo();
    expect(shown(await workspace.files())).toEqual(before);
  });

  test('leaves nothing of its own behind in app/ or beside the backups', async () => {
    const workspace = await openedWorkshop();
    await workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'solution');
    expect((await readdir(join(workspace.root, '.workshop'))).sort()).toEqual(['backups', 'baseline']);
    expect(await readdir(join(workspace.root, 'app/src'))).toEqual(['search.ts', 'views']);
  });
});

describe('a write is refused, and nothing is changed,', () => {
  test.each([
    'steps/baseline.json',
    'app',
    'app/',
    'app/../steps/x',
    '../app/x',
    '/etc/passwd',
    'app/./x',
    'app//x',
    'app\\x',
    'app/x\0',
    'app/node_modules/x',
    'app/src/.git/hooks/x',
    'app/dist/x',
  ])('outside of what is the learner’s: %j', async (path) => {
    const workspace = await openedWorkshop();
    const changes = new Map([
      ['app/src/search.ts', bytes('theirs\n')],
      [path, bytes('x')],
    ]);
    expect(await refusal(() => workspace.write(changes, 'x'))).toMatch(/^WRITE_REFUSED\n/);
    expect(await workspace.changed()).toEqual([]);
    expect(await workspace.backups()).toEqual([]);
  });

  test('through a link', async () => {
    const workspace = await openedWorkshop();
    const outside = await temporaryFolder({ 'x.ts': 'theirs\n' });
    await symlink(outside, join(workspace.root, 'app/linked'));
    await symlink(join(outside, 'x.ts'), join(workspace.root, 'app/x.ts'));
    expect(await refusal(() => workspace.write(new Map([['app/linked/x.ts', bytes('mine')]]), 'x')))
      .toMatchInlineSnapshot(`
      "WRITE_REFUSED
      app/linked/x.ts was to be written, and was not: app/linked is a link. Nothing was changed.
      > Only plain files in app/ are ever written. If a link or a folder of yours is in the way, move it, then run the command again."
    `);
    expect(await refusal(() => workspace.write(new Map([['app/x.ts', null]]), 'x'))).toContain(
      'app/x.ts is a link',
    );
    expect(await readFile(join(outside, 'x.ts'), 'utf8')).toBe('theirs\n');
  });

  test('where a folder or a file is in the way', async () => {
    const workspace = await openedWorkshop();
    expect(await refusal(() => workspace.write(new Map([['app/src', bytes('')]]), 'x'))).toContain(
      'a folder of that name',
    );
    const half = new Map([
      ['app/src', bytes('')],
      ['app/src/search.ts', null],
    ]);
    expect(await refusal(() => workspace.write(half, 'x'))).toContain('a folder of that name');
    expect(await refusal(() => workspace.write(new Map([['app/package.json/x', bytes('')]]), 'x'))).toContain(
      'app/package.json is a file and not a folder',
    );
  });

  test('when no backup can be kept', async () => {
    const workspace = await openedWorkshop();
    await writeFile(join(workspace.root, '.workshop/backups'), 'in the way');
    const said = await refusal(() =>
      workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'x'),
    );
    expect(said.replaceAll(workspace.root, 'ROOT')).toMatchInlineSnapshot(`
      "BACKUP_FAILED
      A backup of your files was to be kept (ROOT/.workshop), and could not be: a part of that path is a file and not a folder. Nothing was changed.
      > Look at ROOT/.workshop, then run the command again."
    `);
    expect(await workspace.changed()).toEqual([]);
  });
});

test('a write that breaks off says where the files are as they were', async () => {
  const workspace = await openedWorkshop();
  const source = join(workspace.root, 'app/src');
  await chmod(workspace.root, 0o755);

  if (process.getuid?.() === 0) await chown(join(workspace.root, '.workshop'), 65534, 65534);
  const said = await asNobody(source, () =>
    refusal(() => workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'x')),
  );
  const [backup] = await workspace.backups();
  expect(said.replaceAll(workspace.root, 'ROOT').replaceAll(backup?.id ?? '', 'BACKUP'))
    .toMatchInlineSnapshot(`
      "WRITE_FAILED
      Files of app/ were to be written (ROOT/app), and could not be: you may not write there. The files as they were are in the backup BACKUP; \`npm run undo\` brings them back.
      > Make ROOT/app a folder that you may write to (\`ls -ld ROOT/app\` shows whose it is), then run the command again."
    `);
  expect(await workspace.changed()).toEqual([]);
});

test('a backup alone brings back everything, and removes what came since', async () => {
  const workspace = await openedWorkshop();
  await edit(workspace.root, 'app/src/search.ts', 'mine\n');
  const before = shown(await workspace.files());
  await workspace.backup('before the update');
  await rm(join(workspace.root, 'app/src'), { recursive: true });
  await edit(workspace.root, 'app/new.ts', 'new');
  await workspace.undo();
  expect(shown(await workspace.files())).toEqual(before);
});

test('there is nothing to undo at first', async () => {
  const workspace = await openedWorkshop();
  expect(await refusal(() => workspace.undo())).toMatchInlineSnapshot(`
    "NOTHING_TO_UNDO
    The last backup was to be brought back, and there is none that is not brought back already.
    > A backup is taken before anything of ours changes your files; nothing has yet."
  `);
});

test('a damaged backup is refused, and nothing is changed', async () => {
  const workspace = await openedWorkshop();
  await workspace.write(new Map([['app/src/search.ts', bytes('theirs\n')]]), 'x');
  const blobs = join(workspace.root, '.workshop/backups/blobs');
  for (const folder of await readdir(blobs)) {
    for (const blob of await readdir(join(blobs, folder)))
      await writeFile(join(blobs, folder, blob), 'damaged');
  }
  expect(await refusal(() => workspace.undo())).toMatch(
    /^BACKUP_DAMAGED\napp\/src\/search.ts was to be brought back/,
  );
  expect(await textIn(workspace.root, 'app/src/search.ts')).toBe('theirs\n');
});

test('bytes that are kept already are not kept again', async () => {
  const workspace = await openedWorkshop();
  await workspace.backup('one');
  const count = async () => (await readdir(join(workspace.root, '.workshop/backups/blobs'))).length;
  const first = await count();
  await workspace.backup('two');
  expect(await count()).toBe(first);
});

test('a write killed at any moment changed nothing or can be undone', { timeout: 180_000 }, async () => {
  for (let round = 0; round < 5; round++) {
    const root = await workshopFolder();
    await mkdir(join(root, 'app/src/kept'));
    await edit(root, 'app/src/kept/mine.ts', 'my work\n');
    const child = startChild('write-program.ts', root);
    await child.untilSaid(2 * Math.floor(Math.random() * 4) + 1);
    for (let spin = Math.floor(Math.random() * 20); spin > 0; spin--)
      await new Promise((resolve) => setImmediate(resolve));
    await child.kill();
    const workspace = await openWorkspace({ root });
    expect(await textIn(root, 'app/src/kept/mine.ts')).toBe('my work\n');
    for (const backup of await workspace.backups()) await workspace.undo(backup.id);
    expect((await workspace.changed()).filter((path) => !path.includes('kept'))).toEqual([]);
    expect(await textIn(root, 'app/src/kept/mine.ts')).toBe('my work\n');
  }
});

test(
  'a write killed before each of its steps changed nothing or can be undone',
  { timeout: 180_000 },
  async () => {
    let halfWritten = 0;
    for (let nth = 1; ; nth++) {
      const root = await workshopFolder();
      const shipped = shown(await (await openWorkspace({ root })).files());
      const child = startChild('killed-write-program.ts', root, String(nth));
      if ((await child.ended) === 0) break;
      const workspace = await openWorkspace({ root });
      const changed = await workspace.changed();
      if (changed.length > 0 && changed.length < 4) halfWritten++;
      if (changed.length > 0) await workspace.undo();
      expect(shown(await workspace.files())).toEqual(shipped);
      expect((await readdir(join(root, 'app/src'))).sort()).toEqual(['search.ts', 'views']);
    }
    expect(halfWritten).toBeGreaterThanOrEqual(3);
  },
);
