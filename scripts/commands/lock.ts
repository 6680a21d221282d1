import { join } from 'node:path';
import { readKnownPackages } from '../../harness/packages/known.ts';
import { lockFaults } from '../../harness/packages/lock-faults.ts';
import { makeLock } from '../../harness/packages/make-lock.ts';
import { createSources } from '../../harness/sources.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { parseCommandLine } from '../command-line.ts';
import { renderLockCheck, renderMadeLock, renderSameLock } from '../terminal/render-lock.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Makes the lock of `app/package.json` from the versions that the workshop knows. Needs no network and installs nothing. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const sources = createSources(join(root, 'app'));
  const known = readKnownPackages();
  if (options.check) {
    const { file, faults } = lockFaults(sources, known);
    terminal.out(renderLockCheck(file, faults));
    return faults.length === 0 ? 0 : 1;
  }
  const made = makeLock(sources, known);
  if (sources.text(made.file) === made.text) return (terminal.out(renderSameLock(made)), 0);
  const workspace = await openWorkspace({ root });
  const backup = await workspace.write(new Map([[made.file, Buffer.from(made.text)]]), 'npm run lock');
  terminal.out(renderMadeLock(made, known.date, backup));
  return 0;
}

const USAGE = `Type it like this: npm run lock [-- options]
  writes app/package-lock.json for app/package.json, without a network, from the versions that the workshop knows
  --check   only say whether the lock fits the manifest: exit 0 when it does, 1 when not`;
const GRAMMAR = { usage: USAGE, options: { check: 'flag' }, words: { least: 0, most: 0 } } as const;
