import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Milliseconds from a save to the result line of `vitest --watch`, on one test that does nothing. */
export async function measureStockWatch(root: string, runs: number): Promise<readonly number[]> {
  const project = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-stock-')));
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
  try {
    await result(child);
    const times: number[] = [];
    for (let i = 1; i <= runs; i += 1) {
      const ended = result(child);
      const started = performance.now();
      await writeFile(file, testText(i));
      times.push((await ended) - started);
      await settled();
    }
    return times;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(project, { recursive: true, force: true, maxRetries: 5 });
  }
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
