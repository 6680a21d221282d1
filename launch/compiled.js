import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, KEPT } from './compilation.js';

/** @typedef {import('./compilation.js').Compilation} Compilation */

/**
 * Absolute paths of what is to be run, by their sources. They were made of the sources as they are now, or are made here.
 * Throws when that can't be done.
 * @param {string} root
 * @returns {Promise<ReadonlyMap<string, string>>}
 */
export async function compiledPrograms(root) {
  const steps = stepFiles(root);
  const { programs } = keptFor(root, steps) ?? (await compileNow(root, steps));
  return new Map(Object.entries(programs).map(([source, file]) => [source, join(root, file)]));
}

/** @type {(root: string, steps: readonly string[]) => Promise<Compilation>} */
async function compileNow(root, steps) {
  const { compile } = await import('./compile.js');
  return compile(root, steps);
}

/** @type {(root: string) => readonly string[]} */
function stepFiles(root) {
  const entries = readdirSync(join(root, 'steps'), { recursive: true, encoding: 'utf8' });
  const files = entries.map((path) => `steps/${path.replaceAll('\\', '/')}`);
  return files.filter((path) => /^steps\/[^/]+\/step\.test\.ts$/.test(path)).toSorted();
}

/**
 * Every source is read, and every file that was made of them: a time of change can lie, and a disk that was full may have
 * left half a file.
 * @type {(root: string, steps: readonly string[]) => Compilation | null}
 */
function keptFor(root, steps) {
  try {
    /** @type {Compilation} */
    const kept = JSON.parse(readFileSync(join(root, KEPT), 'utf8'));
    const isSame = kept.root === root && kept.steps.join() === steps.join();
    return isSame && areAll(root, kept.sources) && areAll(root, kept.outputs) ? kept : null;
  } catch {
    return null;
  }
}

/** @type {(root: string, digests: Readonly<Record<string, string>>) => boolean} */
function areAll(root, digests) {
  return Object.entries(digests).every(
    ([path, digest]) => digestOf(readFileSync(join(root, path))) === digest,
  );
}
