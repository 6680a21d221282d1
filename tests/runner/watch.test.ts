import { EventEmitter } from 'node:events';
import { type FSWatcher, watch as watchOf } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type System, type Watch, watchFolder } from '../../runner/watch.ts';

let home = '';
let app = '';
let watch: Watch | null = null;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'second-opinion-watch-'));
  app = join(home, 'app');
  await mkdir(join(app, 'src', 'views'), { recursive: true });
  await save('one');
});
afterEach(async () => {
  watch?.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const FILE = 'src/views/search.ts';
const save = (text: string, file = FILE) => writeFile(join(app, file), text);

/** Watches `app`; resolves when a call finds this text in this file. */
async function watching(system?: System) {
  const looks = new Set<() => void>();
  let calls = 0;
  watch = await watchFolder(
    app,
    () => {
      calls += 1;
      for (const look of looks) look();
    },
    system,
  );
  const found = (text: string, file = FILE) =>
    new Promise<void>((resolve) => {
      looks.add(() => {
        readFile(join(app, file), 'utf8').then(
          (now) => now === text && resolve(),
          () => undefined,
        );
      });
    });
  /** Silence has no event. What speaks later all the same only makes the proof that follows a weaker one. */
  const silence = async () => {
    for (let before = -1; before !== calls;) {
      before = calls;
      await pause(150);
    }
  };
  return { found, silence };
}

describe('the watch', () => {
  test.each([
    ['a write', async () => save('two')],
    [
      'a rename over the file',
      async () => {
        await save('two', `${FILE}~`);
        await rename(join(app, `${FILE}~`), join(app, FILE));
      },
    ],
    [
      'a folder that was replaced',
      async () => {
        await rm(join(app, 'src'), { recursive: true });
        await mkdir(join(app, 'src', 'views'), { recursive: true });
        await save('two');
      },
    ],
    [
      'a folder that was moved away, with another in its place',
      async () => {
        await mkdir(join(home, 'new', 'views'), { recursive: true });
        await rename(join(app, 'src'), join(home, 'old'));
        await rename(join(home, 'new'), join(app, 'src'));
        await save('two');
      },
    ],
    [
      'all of it replaced',
      async () => {
        await rm(app, { recursive: true });
        await mkdir(join(app, 'src', 'views'), { recursive: true });
        await save('two');
      },
    ],
    [
      'all of it moved away, with another in its place',
      async () => {
        await mkdir(join(home, 'new', 'src', 'views'), { recursive: true });
        await rename(app, join(home, 'old'));
        await rename(join(home, 'new'), app);
        await save('two');
      },
    ],
    [
      'all of it away for a while, and back',
      async () => {
        await rename(app, join(home, 'old'));
        await pause(300);
        await rename(join(home, 'old'), app);
        await save('two');
      },
    ],
  ])('sees %s, and the saves after it', async (_, change) => {
    const { found, silence } = await watching();
    const two = found('two');
    await change();
    await two;
    for (const file of [FILE, 'src/other.ts', 'package.json']) {
      await silence();
      const text = `three of ${file}`;
      const three = found(text, file);
      await save(text, file);
      await three;
    }
  });

  test('sees what is saved into a new folder, at once and later', async () => {
    const { found } = await watching();
    for (const name of ['deep', 'deeper']) {
      const file = `src/${name}/er/new.ts`;
      const created = found('created', file);
      await mkdir(join(app, 'src', name, 'er'), { recursive: true });
      await save('created', file);
      await created;
      const changed = found('changed', file);
      await save('changed', file);
      await changed;
    }
  });

  test('looks twice a second where the system lets it watch no more', async () => {
    const refusing: System = {
      platform: 'linux',
      watch: (folder, options, listener) => {
        if (folder !== app) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        return watchOf(folder, options, listener);
      },
    };
    const { found } = await watching(refusing);
    for (const text of ['two', 'three']) {
      const seen = found(text);
      await save(text);
      await seen;
    }
  });
});

describe.each(['win32', 'darwin'] as const)('on %s', (platform) => {
  /** A system that tells of changes when the test says so. */
  function told() {
    const began: { folder: string; recursive: boolean; watcher: EventEmitter; closed: boolean }[] = [];
    let tell: (kind: string, name: string | null) => void = () => undefined;
    const system: System = {
      platform,
      watch(folder, { recursive }, listener) {
        tell = listener;
        const one = { folder, recursive, watcher: new EventEmitter(), closed: false };
        began.push(one);
        return Object.assign(one.watcher, { close: () => void (one.closed = true) }) as unknown as FSWatcher;
      },
    };
    return { began, system, tell: (kind: string, name: string | null) => tell(kind, name) };
  }

  test('one watch sees all, so that a folder below can be renamed and deleted', async () => {
    const { began, system, tell } = told();
    const { found } = await watching(system);
    expect(began.map(({ folder, recursive }) => [folder, recursive])).toEqual([[app, true]]);
    const two = found('two');
    await save('two');
    tell('change', platform === 'win32' ? 'src\\views\\search.ts' : 'src/views/search.ts');
    await two;
    expect(began).toHaveLength(1);
  });

  test('what npm puts into node_modules is nobody’s save', async () => {
    const { system, tell } = told();
    const { found, silence } = await watching(system);
    let seen = false;
    void found('two').then(() => (seen = true));
    await save('two');
    tell('change', 'node_modules/pg/index.js');
    await silence();
    expect(seen).toBe(false);
  });

  test('a watch that breaks off begins again', async () => {
    const { began, system, tell } = told();
    const { found } = await watching(system);
    began[0]?.watcher.emit('error', Object.assign(new Error('EPERM'), { code: 'EPERM' }));
    await expect.poll(() => began.length).toBe(2);
    expect(began.map(({ closed }) => closed)).toEqual([true, false]);
    const two = found('two');
    await save('two');
    tell('rename', null);
    await two;
  });
});
