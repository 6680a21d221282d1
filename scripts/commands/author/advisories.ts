import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { osvAdvisories } from '../../../harness/packages/osv.ts';
import { readAdvisories } from '../../../harness/packages/advisories.ts';
import { readKnownPackages } from '../../../harness/packages/known.ts';
import { parseCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Refreshes `fixtures/advisories.json` from a folder with OSV's export for npm, one JSON file an advisory. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const folder = resolve(words[0] ?? '.');
  const names = new Set(Object.keys(readKnownPackages().packages).map((id) => id.replace(/(?<=.)@.*$/, '')));
  const old = readAdvisories().advisories;
  const found = new Map(old.map((one) => [`${one.id} ${one.package}`, one]));
  const endless: string[] = [];
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!entry.endsWith('.json')) continue;
    const read = osvAdvisories(JSON.parse(await readFile(join(folder, entry), 'utf8')), names);
    for (const one of read.advisories) found.set(`${one.id} ${one.package}`, one);
    for (const id of read.withdrawn)
      for (const key of found.keys()) if (key.startsWith(`${id} `)) found.delete(key);
    endless.push(...read.endless);
  }
  const advisories = [...found.values()].sort((a, b) =>
    `${a.package} ${a.id}` < `${b.package} ${b.id}` ? -1 : 1,
  );
  const snapshot = { date: new Date().toISOString().slice(0, 10), advisories };
  const file = join(workshopRoot(), 'fixtures', 'advisories.json');
  await writeFile(file, `${JSON.stringify(snapshot, null, 2)}\n`);
  terminal.out(`Wrote fixtures/advisories.json: ${advisories.length} advisories, before ${old.length}.`);
  if (endless.length > 0)
    terminal.out(`Left out, because no version is said to be the last: ${endless.join(', ')}.`);
  return 0;
}

const USAGE = `Type it like this: npm run author advisories DIR
  DIR   where OSV's export for npm (all.zip) was unpacked
Keeps what the export does not know, and only packages of fixtures/known-packages.json.`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 1, most: 1 } } as const;
