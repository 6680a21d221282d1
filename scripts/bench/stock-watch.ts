import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Releasers } from '../releasers.ts';

/** `vitest --watch` as it comes, on one test that does nothing: what a save costs anybody. */
export interface StockWatch {
  /** Saves the test; milliseconds to the line with the result. */
  save(): Promise<number>;
  /** All that `save` measured, in order. */
  readonly times: readonly number[];
}

export async function openStockWatch(root: string, releasers: Releasers): Promise<StockWatch> {
  const project = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-stock-')));
  releasers.add(() => rm(project, { recursive: true, force: true, maxRetries: 5 }));
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await mkdir(join(project, 'tests'));
  const file = join(project, 'tests', 'empty.test.ts');
  await writeFile(file, testText(0));
  const child = spawn(process.execPath, [VITEST, '--watch', '--root', project], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  releasers.add(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await result(child);
  await settled();
  const times: number[] = [];
  return {
    times,
    async save() {
      const ended = result(child);
      const started = performance.now();
      await writeFile(file, testText(times.length + 1));
      const time = (await ended) - started;
      times.push(time);
      await settled();
      return time;
    },
  };
}

/** Resolves with the time of the next line that says how the tests came out. Rejects when vitest ends. */
function result(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!/Tests\s+\d+ (passed|failed)/.test(text)) return;
      child.stdout?.off('data', hear);
      child.off('exit', lost);
      resolve(performance.now());
    };
    const lost = () => reject(new Error(`vitest --watch ended early: ${text}`));
    child.stdout?.on('data', hear);
    child.once('exit', lost);
  });
}

/** A human saves no sooner; vitest is still writing its summary and looking at the disk. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

function testText(i: number): string {
  return `import { test } from 'vitest';\ntest('nothing', () => {});\n// ${i}\n`;
}

const VITEST = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');
