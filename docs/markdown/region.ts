import { WorkshopError } from '../../model/workshop-error.ts';
import { declarationOf } from './declaration.ts';

/**
 * The lines between `#region name` and `#endregion name`, in whatever comment the language has, or else what the file
 * declares under that name; without other regions' marks and without the indent that all share. Throws a `WorkshopError`
 * when there is neither, or when the region never ends.
 */
export function regionOf(source: string, name: string, path: string): string {
  const lines = source.split(/\r?\n/);
  const start = lines.findIndex((line) => markOf(line)?.begins === name);
  if (start === -1) {
    const declared = declarationOf(lines, name, path);
    if (declared === null) throw missing(name, path, lines);
    return dedent(withoutMarks(declared)).join('\n');
  }
  const length = lines.slice(start + 1).findIndex((line) => markOf(line)?.ends === name);
  if (length === -1) throw endless(name, path);
  return dedent(withoutMarks(lines.slice(start + 1, start + 1 + length))).join('\n');
}

/** A whole file, without the marks of its regions. */
export function withoutRegions(source: string): string {
  return withoutMarks(source.split(/\r?\n/)).join('\n');
}

function withoutMarks(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => markOf(line) === null);
}

function dedent(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => line.slice(shared));
}

function markOf(line: string): { readonly begins?: string; readonly ends?: string } | null {
  const match = MARK.exec(line);
  const name = match?.[2] ?? '';
  if (match === null) return null;
  return match[1] === 'region' ? { begins: name } : { ends: name };
}

function missing(name: string, path: string, lines: readonly string[]): WorkshopError {
  const there = lines.map((line) => markOf(line)?.begins).filter((other) => other !== undefined);
  const found = there.length === 0 ? 'it has no regions' : `the file has ${there.join(', ')}`;
  return new WorkshopError(
    'REGION_MISSING',
    `A guide quotes "${name}" of ${path}, which declares no such name, and ${found}.`,
    {
      remedy: `Correct the name in the guide, or put "#region ${name}" and "#endregion ${name}" into ${path}.`,
    },
  );
}

function endless(name: string, path: string): WorkshopError {
  return new WorkshopError('REGION_ENDLESS', `The region "${name}" of ${path} begins and never ends.`, {
    remedy: `Put "#endregion ${name}" behind its last line.`,
  });
}

const MARK = /^\s*(?:\/\/|#|--|\/\*|<!--)\s*#?(region|endregion)\s+([\w-]+)\s*(?:\*\/|-->)?\s*$/;
