import { parsePatch as parseDiff, type StructuredPatch } from 'diff';
import { type PatchHeader, patchHeaderSchema } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { applyHunks } from './hunks.ts';
import { NOWHERE, textOf, unifiedDiff } from './unified-diff.ts';
import { type FileTree, isPlainPath } from './workspace/file-tree.ts';

export interface Patch {
  readonly title: string;
  /** The rule that must refuse it; mistakes only. */
  readonly refusedBy?: string;
  /** Free lines of the header. */
  readonly notes: string;
  readonly diff: string;
  /** The patch file's path, for messages. */
  readonly file: string;
}

/** A patch file: `Title: …`, `Refused-by: topic/problem`, free lines, a blank line, a unified diff. Throws `PATCH_BROKEN`. */
export function parsePatch(text: string, file: string): Patch {
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) throw broken(file, 'expected a header, a blank line and a diff; found no blank line');
  const lines = text.slice(0, end.index).split(/\r?\n/);
  const diff = text.slice(end.index + end[0].length);
  const refusedBy = field(lines, 'Refused-by', file);
  const header = {
    title: field(lines, 'Title', file) ?? '',
    ...(refusedBy === undefined ? {} : { refusedBy }),
  };
  if (!patchHeaderSchema.safeParse(header).success)
    throw broken(file, 'expected a header line `Title: …`, found none');
  const patch = { ...header, notes: lines.filter((line) => !FIELDS.test(line)).join('\n'), diff, file };
  if (fileDiffs(patch).length === 0)
    throw broken(file, 'expected a unified diff after the header, found none');
  return patch;
}

/**
 * The tree with the patch applied at exactly the lines that it names, without guessing.
 * Throws `PATCH_BROKEN` naming file, hunk, the line expected and the line found.
 */
export function applyPatch(tree: FileTree, patch: Patch): FileTree {
  const patched = new Map(tree);
  for (const diff of fileDiffs(patch)) {
    const [from, to] = [pathOf(diff.oldFileName, 'a/', patch), pathOf(diff.newFileName, 'b/', patch)];
    const text = apply(startingText(patched, from, to, patch), diff, from ?? to ?? '', patch);
    if (to === null && text !== '')
      throw broken(patch.file, `${from} is to be deleted, and lines of it would remain`);
    if (from !== null && from !== to) patched.delete(from);
    if (to !== null) patched.set(to, Buffer.from(text));
  }
  return patched;
}

/** The text of a patch file. A file that is renamed is one deleted and one made. Throws `PATCH_BINARY`. */
export function createPatch(
  before: FileTree,
  after: FileTree,
  header: PatchHeader & { readonly notes?: string },
): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const diffs = paths.map((path) => {
    const diff = unifiedDiff(path, before.get(path), after.get(path));
    if (diff.startsWith('Binary')) throw binary(path);
    return diff;
  });
  const refusedBy = header.refusedBy === undefined ? [] : [`Refused-by: ${header.refusedBy}`];
  const notes = header.notes === undefined || header.notes === '' ? [] : [header.notes];
  return [`Title: ${header.title}`, ...refusedBy, ...notes, '', diffs.join('')].join('\n');
}

function field(lines: readonly string[], name: string, file: string): string | undefined {
  const spelled = lines.filter((line) =>
    line
      .toLowerCase()
      .replaceAll('-', '')
      .startsWith(`${name.toLowerCase().replaceAll('-', '')}:`),
  );
  if (spelled.length > 1)
    throw broken(file, `expected one header line \`${name}: …\`, found ${spelled.length}`);
  const [line] = spelled;
  if (line === undefined) return undefined;
  if (!line.startsWith(`${name}: `))
    throw broken(file, `expected a header line \`${name}: …\`, found \`${line}\``);
  const value = line.slice(name.length + 2).trim();
  if (name === 'Refused-by' && !RULE_ID.test(value))
    throw broken(file, `expected \`Refused-by: topic/problem\`, found \`${line}\``);
  return value;
}

function fileDiffs(patch: Patch): StructuredPatch[] {
  const diffs = parse(patch).filter((diff) => diff.oldFileName !== undefined);
  if (diffs.some((diff) => diff.isBinary === true))
    throw broken(patch.file, 'a binary file cannot be patched');
  const written = count(patch.diff.split('\n').filter((line) => !GIT_LINES.test(line)));
  const read = diffs.reduce(
    (sum, diff) => sum + headLines(diff) + diff.hunks.reduce((n, h) => n + 1 + count(h.lines), 0),
    0,
  );
  if (written !== read)
    throw broken(patch.file, `${written - read} of its lines belong to no hunk of no file`);
  return diffs;
}

function parse(patch: Patch): StructuredPatch[] {
  try {
    return parseDiff(patch.diff);
  } catch (cause) {
    throw broken(patch.file, cause instanceof Error ? cause.message : String(cause));
  }
}

/** The two lines `---` and `+++`; git leaves them out for a pure rename. */
function headLines(diff: StructuredPatch): number {
  return diff.isGit === true && diff.hunks.length === 0 ? 0 : 2;
}

function count(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== '').length;
}

function pathOf(name: string | undefined, prefix: string, patch: Patch): string | null {
  if (name === NOWHERE) return null;
  const path = name?.startsWith(prefix) === true ? name.slice(prefix.length) : '';
  if (!isPlainPath(path))
    throw broken(patch.file, `expected a file named \`${prefix}app/…\`, found \`${name ?? ''}\``);
  return path;
}

function startingText(tree: FileTree, from: string | null, to: string | null, patch: Patch): string {
  if (to !== null && to !== from && tree.has(to))
    throw broken(patch.file, `${to} is to be made, and is there already`);
  if (from === null) return '';
  const bytes = tree.get(from);
  if (bytes === undefined) throw broken(patch.file, `${from} is to be changed, and there is no such file`);
  const text = textOf(bytes);
  if (text === null) throw broken(patch.file, `${from} is to be changed, and is no text`);
  return text;
}

function apply(text: string, diff: StructuredPatch, path: string, patch: Patch): string {
  const applied = applyHunks(text, diff.hunks);
  if ('text' in applied) return applied.text;
  const { hunk, line, expected, found, elsewhere } = applied;
  const place = `hunk ${hunk} of ${path} does not fit at line ${line}`;
  const lines = [
    `  expected: ${JSON.stringify(expected)}`,
    `  found:    ${found === null ? 'the end of the file' : JSON.stringify(found)}`,
  ];
  const hint = elsewhere === null ? [] : [`  The lines that it wants stand at line ${elsewhere} instead.`];
  throw broken(patch.file, [place, ...lines, ...hint].join('\n'));
}

function broken(file: string, what: string): WorkshopError {
  return new WorkshopError('PATCH_BROKEN', `${file}: ${what}`, { remedy: REMEDY });
}

function binary(path: string): WorkshopError {
  return new WorkshopError('PATCH_BINARY', `A patch was to be made, and ${path} is no text in UTF-8.`, {
    remedy: `Leave ${path} as it is, or make it a text file.`,
  });
}

const FIELDS = /^(Title|Refused-by): /;
const RULE_ID = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const GIT_LINES =
  /^(diff --git |index [0-9a-f]+\.\.|(new|deleted) file mode |(old|new) mode |similarity index |rename (from|to) )/;
const REMEDY =
  'Write the patch anew from files: `npm run author edit N solution`, then `npm run author save`.';
