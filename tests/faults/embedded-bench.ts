import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startEngine } from '../../database/engine.ts';
import type { Step } from '../../model/step.ts';
import type { Verdict } from '../../model/verdict.ts';
import { createJudge } from '../../runner/judge.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { VISIT_STEP, writeFiles } from './fault-bench.ts';
import { processesAbout, scratchIn } from './left-behind.ts';

/** A judge on the embedded engine, and a folder for a clinic. */
export interface EmbeddedBench {
  readonly root: string;
  /** Judges a clinic with these handlers, each path visited in turn. */
  judge(server: string, ...paths: readonly string[]): Promise<Verdict>;
  /** Makes the next database and the next clinic ready, as after each verdict. */
  warm(): Promise<void>;
  /** Ends the process of the engine, which is started again by its owner. */
  killEngine(): Promise<void>;
  /** Fails when a process, a copy or a socket is left. */
  close(): Promise<void>;
}

export async function openEmbeddedBench(): Promise<EmbeddedBench> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'so-pglite-')));
  await chmod(root, 0o755);
  const [app, temporary, before] = [join(root, 'app'), join(root, 'tmp'), process.env['TMPDIR']];
  await mkdir(temporary);
  await cp(join(HERE, 'fixtures'), join(root, 'fixtures'), { recursive: true });
  await symlink(join(HERE, 'node_modules'), join(root, 'node_modules'), 'junction');
  await writeFiles(root, { 'package.json': '{ "type": "module" }', ...VISIT_STEP });
  const [step] = (await loadCatalogue(root)) as [Step];
  // The socket's folder is made there, so that what is left of it can be seen.
  process.env['TMPDIR'] = temporary;
  const engine = await startEngine({ home: join(root, 'engine'), force: 'embedded' });
  const judge = createJudge({ root, database: { address: { ...engine.address } } });
  let runs = 0;
  return {
    root,
    async judge(server, ...paths) {
      await writeFiles(app, {
        'package.json': '{ "type": "module" }',
        'src/server.ts': server,
        'visit.txt': paths.join('\n'),
      });
      const { signal } = new AbortController();
      const run = String((runs += 1));
      return (await judge.run({ run, step, app, seed: 1, signal })).verdict;
    },
    warm: () => judge.warm(app),
    async killEngine() {
      let pids = await enginesOf(process.pid);
      for (; pids.length === 0; pids = await enginesOf(process.pid)) await pause(10);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
    },
    async close() {
      await judge.close();
      await engine.close();
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      const left = { engines: await enginesOf(process.pid), scratch: await scratchIn(root) };
      const sockets = (await readdir(temporary)).filter((name) => name.startsWith('second-opinion-'));
      expect({ ...left, sockets }).toEqual({ engines: [], scratch: [], sockets: [] });
      while ((await processesAbout(join(root, '.workshop'))).length > 0) await pause(20);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The engines that a process has started. */
async function enginesOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
      const [stat, command] = await Promise.all([read('stat'), read('cmdline')]);
      const [state, owner] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(owner) === parent && command.includes('engines/embedded/main.ts');
    }),
  );
  return pids.filter((_, i) => found[i]).map(Number);
}

const HERE = resolve(import.meta.dirname, '..', '..');
