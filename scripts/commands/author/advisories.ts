import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { osvAdvisories, type OsvReading } from '../../../harness/packages/osv.ts';
import { readAdvisories } from '../../../harness/packages/advisories.ts';
import { readKnownPackages } from '../../../harness/packages/known.ts';
import { WorkshopError } from '../../../model/workshop-error.ts';
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
  for (const file of await exported(folder)) {
    const read = await readRecord(file, names);
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

async function exported(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new WorkshopError(
      'EXPORT_MISSING',
      `OSV's export was looked for in ${folder}, which cannot be read.`,
      {
        remedy: `Download https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip and unpack it there.`,
        cause,
      },
    );
  });
  const files = entries.filter((entry) => entry.endsWith('.json')).sort();
  if (files.length > 0) return files.map((file) => join(folder, file));
  throw new WorkshopError('EXPORT_EMPTY', `${folder} holds no file of OSV's export: none ends in .json.`, {
    remedy: `Unpack all.zip of OSV's npm export into it, then run the command again.`,
  });
}

/** One file that is none is not passed over: the list would look complete without it. */
async function readRecord(file: string, names: ReadonlySet<string>): Promise<OsvReading> {
  try {
    return osvAdvisories(JSON.parse(await readFile(file, 'utf8')), names);
  } catch (cause) {
    throw new WorkshopError('EXPORT_UNREADABLE', `${file} is no record of OSV. Nothing was written.`, {
      remedy: 'Unpack the export anew, then run the command again.',
      cause,
    });
  }
}

const USAGE = `Type it like this: npm run author advisories DIR
  DIR   where OSV's export for npm (all.zip) was unpacked
Keeps what the export does not know, and only packages of fixtures/known-packages.json.`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 1, most: 1 } } as const;
