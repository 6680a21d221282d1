import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmallWorkshop, type SmallWorkshop, stepOf } from './small-workshop.ts';

let workshop: SmallWorkshop;
beforeEach(async () => {
  workshop = await createSmallWorkshop();
});
afterEach(() => workshop.remove());

/** Only root may make a disk of a few megabytes, and not in every container. */
const MAY_MOUNT = process.platform === 'linux' && process.getuid?.() === 0 && canMount();
const CLI = 'scripts/cli.ts';
const JUDGE = 'harness/judge/main.ts';
const inRoot = (...path: string[]) => join(workshop.root, ...path);
const firstWord = async () => (await workshop.run(CLI)).out.split(' ')[0];

test('a program is compiled once, gets its words, and knows the place of its source', async () => {
  const expected = {
    code: 0,
    out: `one list+7 ${pathToFileURL(inRoot(CLI)).href} ${inRoot('scripts')}\n`,
    err: '',
  };
  expect(await workshop.run(CLI, 'list', '7')).toEqual(expected);
  const made = await workshop.compilations();
  expect(made).toHaveLength(1);
  expect(await workshop.run(CLI, 'list', '7')).toEqual(expected);
  expect(await workshop.compilations()).toEqual(made);
});

test('an error names the line of the source', async () => {
  const { code, err } = await workshop.run(CLI, 'fail');
  expect(code).toBe(1);
  expect(err).toContain('on the third line');
  expect(err).toMatch(/scripts[\\/]cli\.ts:3:/);
});

describe('what is out of date is never run:', () => {
  test('a changed source, though it has the same length and time', async () => {
    const time = new Date(2026, 0, 1);
    await utimes(inRoot(CLI), time, time);
    expect(await firstWord()).toBe('one');
    const text = await readFile(inRoot(CLI), 'utf8');
    await writeFile(inRoot(CLI), text.replace("'one'", "'two'"));
    await utimes(inRoot(CLI), time, time);
    expect(await firstWord()).toBe('two');
  });

  test('a source that was imported by a compiled one', async () => {
    const step = inRoot('steps', '01-first', 'step.test.ts');
    await workshop.run(JUDGE, step);
    await workshop.write('steps/01-first/step.test.ts', stepOf('changed'));
    expect((await workshop.run(JUDGE, step)).out).toMatch(/^changed true /);
  });

  test('a workshop that was moved', async () => {
    await workshop.run(CLI);
    await workshop.move();
    expect((await workshop.run(CLI)).out).toContain(` ${inRoot('scripts')}\n`);
  });

  test('a new step: the judge knows it, and means the same harness', async () => {
    await workshop.run(CLI);
    await workshop.write('steps/02-second/step.test.ts', stepOf('second'));
    const { out } = await workshop.run(JUDGE, inRoot('steps', '02-second', 'step.test.ts'));
    expect(out).toBe(`second true ${inRoot('steps', '02-second')}\n`);
  });

  test('other packages', async () => {
    await workshop.write('package-lock.json', '{ "one": 1 }');
    await workshop.run(CLI);
    await workshop.run(CLI);
    expect(await workshop.compilations()).toHaveLength(1);
    await workshop.write('package-lock.json', '{ "one": 2 }');
    await workshop.run(CLI);
    expect(await workshop.compilations()).toHaveLength(2);
  });

  test('another way to compile', async () => {
    await workshop.run(CLI);
    await appendFile(inRoot('launch', 'compile.js'), '\n// changed\n');
    await workshop.run(CLI);
    expect(await workshop.compilations()).toHaveLength(2);
  });

  test('half of a file that was made', async () => {
    await workshop.run(CLI);
    const [made = ''] = await workshop.compilations();
    await truncate(inRoot('.workshop', 'compiled', made, 'scripts', 'cli.js'), 20);
    expect(await firstWord()).toBe('one');
  });

  test('a list of what was made that cannot be read, or says less than it should', async () => {
    for (const broken of ['{"root":', '[]', '{}', 'null']) {
      await workshop.run(CLI);
      await writeFile(inRoot('.workshop', 'compiled', 'kept.json'), broken);
      expect(await firstWord()).toBe('one');
    }
  });
});

describe('where nothing can be compiled or kept, the sources run:', () => {
  test('a file in the place of the folder', async () => {
    await writeFile(inRoot('.workshop'), 'a note');
    const { code, out, err } = await workshop.run(CLI, 'list');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`one list ${pathToFileURL(inRoot(CLI)).href} ${inRoot('scripts')}\n`);
    expect((await workshop.run(JUDGE, inRoot('steps', '01-first', 'step.test.ts'))).out).toMatch(
      /^first true /,
    );
  });

  test.runIf(MAY_MOUNT)('a disk with little room, which the journal and backups may need', async () => {
    const disk = inRoot('.workshop');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0700', 'tmpfs', disk]);
    try {
      expect(await firstWord()).toBe('one');
      expect(await workshop.compilations()).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('a step that cannot be parsed stops no command, and nothing half made is left', async () => {
    await workshop.write('steps/02-broken/step.test.ts', 'export default {');
    expect(await firstWord()).toBe('one');
    expect(await workshop.compilations()).toEqual([]);
  });

  test('a source that imports what is not there', async () => {
    await workshop.write('steps/02-broken/step.test.ts', "import './gone.ts';\n");
    expect(await firstWord()).toBe('one');
  });

  test.runIf(process.platform !== 'win32')('a source that is a link to elsewhere', async () => {
    const elsewhere = join(workshop.root, '..', 'word.ts');
    await rename(inRoot('harness', 'word.ts'), elsewhere);
    await symlink(elsewhere, inRoot('harness', 'word.ts'));
    expect((await workshop.run(JUDGE, inRoot('steps', '01-first', 'step.test.ts'))).out).toMatch(
      /^first true /,
    );
    expect(await workshop.compilations()).toEqual([]);
  });

  test('a program that is none of those that are compiled', async () => {
    await workshop.write('scripts/other.ts', "console.log('other' satisfies string);\n");
    expect((await workshop.run('scripts/other.ts')).out).toBe('other\n');
  });
});

test('a program knows the folder of what was compiled with it, and none where the sources run', async () => {
  await workshop.write(
    CLI,
    "import { compiledFolder } from '../launch/compiled-folder.ts';\nconsole.log(compiledFolder());\n",
  );
  const { out } = await workshop.run(CLI);
  const [made = ''] = await workshop.compilations();
  expect(out).toBe(`${inRoot('.workshop', 'compiled', made)}\n`);
  await rm(inRoot('.workshop'), { recursive: true });
  await writeFile(inRoot('.workshop'), 'a note');
  expect((await workshop.run(CLI)).out).toBe('null\n');
});

test('two that start at once both run', async () => {
  const endings = await Promise.all([workshop.run(CLI, 'a'), workshop.run(CLI, 'b'), workshop.run(CLI, 'c')]);
  expect(endings.map(({ code, err, out }) => [code, err, out.split(' ')[1]])).toEqual([
    [0, '', 'a'],
    [0, '', 'b'],
    [0, '', 'c'],
  ]);
  expect(await firstWord()).toBe('one');
});

test('what is a day old makes room, but for the newest and what is in use', async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  const made: string[] = [];
  for (let days = 6; days > 1; days -= 1) {
    await writeFile(inRoot(CLI), `console.log('${days}', '');\n`);
    expect(await firstWord()).toBe(`${days}`);
    const found = (await workshop.compilations()).find((name) => !made.includes(name)) ?? '';
    await utimes(inRoot('.workshop', 'compiled', found), daysAgo(days), daysAgo(days));
    made.push(found);
    expect(await firstWord()).toBe(`${days}`);
  }
  // Each was made after the sweep of those before it, of which the newest three stay.
  expect((await workshop.compilations()).toSorted()).toEqual(made.slice(1).toSorted());
});

test('the folder may be thrown away', async () => {
  await workshop.run(CLI);
  await rm(inRoot('.workshop'), { recursive: true });
  expect(await firstWord()).toBe('one');
  expect(await readdir(inRoot('.workshop'))).toEqual(['compiled']);
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
