import type { StructuredPatchHunk } from 'diff';

export type Applied =
  | { readonly text: string }
  | {
      /** From 1. */
      readonly hunk: number;
      /** Line of the file at which it failed, from 1. */
      readonly line: number;
      readonly expected: string;
      /** `null` past the end of the file. */
      readonly found: string | null;
      /** Where else the lines that the hunk wants stand in the file. */
      readonly elsewhere: number | null;
    };

/** Applies hunks at exactly the lines that they name; a newline at the end of the file is part of its last line. */
export function applyHunks(text: string, hunks: readonly StructuredPatchHunk[]): Applied {
  const lines = splitLines(text);
  const patched: string[] = [];
  let next = 0;
  for (const [i, { oldStart, lines: hunkLines }] of hunks.entries()) {
    const edits = parseEdits(hunkLines);
    const start = oldStart - 1;
    const fault = start < next ? 0 : mismatch(lines, start, edits);
    if (fault !== null) return failure(lines, start + fault, i + 1, edits, fault);
    patched.push(...lines.slice(next, start), ...edits.filter((e) => e.operation !== '-').map((e) => e.line));
    next = start + edits.filter((e) => e.operation !== '+').length;
  }
  return { text: [...patched, ...lines.slice(next)].join('') };
}

/** Each with its newline. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Edit {
  readonly operation: ' ' | '+' | '-';
  readonly line: string;
}

function parseEdits(hunkLines: readonly string[]): Edit[] {
  return hunkLines.flatMap((line, i): Edit[] => {
    if (line.startsWith('\\')) return [];
    const newline = hunkLines[i + 1]?.startsWith('\\') === true ? '' : '\n';
    const operation = line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ';
    return [{ operation, line: line.slice(1) + newline }];
  });
}

/** How many lines of the file fit before the first that does not; `null` when all do. */
function mismatch(lines: readonly string[], start: number, edits: readonly Edit[]): number | null {
  const wanted = edits.filter((edit) => edit.operation !== '+');
  const at = wanted.findIndex((edit, i) => lines[start + i] !== edit.line);
  return at === -1 ? (start > lines.length ? 0 : null) : at;
}

function failure(
  lines: readonly string[],
  at: number,
  hunk: number,
  edits: readonly Edit[],
  fault: number,
): Applied {
  const wanted = edits.filter((edit) => edit.operation !== '+');
  const elsewhere =
    wanted.length === 0 ? -1 : lines.findIndex((_, start) => mismatch(lines, start, edits) === null);
  return {
    hunk,
    line: at + 1,
    expected: wanted[fault]?.line ?? '',
    found: lines[at] ?? null,
    elsewhere: elsewhere === -1 ? null : elsewhere + 1,
  };
}
