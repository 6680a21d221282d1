import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openWorkspace } from '../../store/workspace/workspace.ts';

export interface Text {
  /** From the workshop's root: `steps/07-sql-injection/guide.md`. */
  readonly path: string;
  readonly markdown: string;
}

/** Everything that people read in this workshop. */
export function everyText(): readonly Text[] {
  return [
    ...['guide.md', 'hints.md', 'discussion.md', 'facilitator.md'].flatMap(textsOfSteps),
    ...PAGES.map(textAt),
  ];
}

/** One file of each step, in the steps' order. */
export function textsOfSteps(name: string): readonly Text[] {
  const folders = readdirSync(join(ROOT, 'steps'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return folders.map((folder) => textAt(`steps/${folder.name}/${name}`));
}

export function textAt(path: string): Text {
  return { path, markdown: readFileSync(join(ROOT, path), 'utf8') };
}

/** The clinic as guides quote it: as it was shipped, whatever a learner has mended since. */
export async function shippedFiles(): Promise<(path: string) => string> {
  const files = await (await openWorkspace({ root: ROOT })).baseline();
  return (path) => files.get(path)?.toString('utf8') ?? '';
}

export const ROOT = resolve(import.meta.dirname, '..', '..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'app/README.md',
  'docs/benchmarks.md',
  'docs/content/facilitator.md',
  'docs/content/glossary.md',
];
