import type { ParsedSource } from './parse.ts';

/** A comment as a reader sees it: line comments on lines that follow each other are one. */
export interface CommentBlock {
  readonly kind: 'line' | 'block' | 'jsdoc';
  /** The words, without slashes and stars, one line each. */
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly endLine: number;
  /** Code stands before it on its line. */
  readonly trailing: boolean;
}

export function commentBlocks(source: ParsedSource): CommentBlock[] {
  const blocks: CommentBlock[] = [];
  for (const { type, value, start, end } of source.comments) {
    const line = source.lineOf(start);
    const trailing = source.code.slice(source.startOf(line), start).trim() !== '';
    const kind = type === 'Line' ? 'line' : value.startsWith('*') ? 'jsdoc' : 'block';
    const block = {
      kind,
      words: wordsOf(value),
      start,
      end,
      line,
      endLine: source.lineOf(end),
      trailing,
    } as const;
    const last = blocks.at(-1);
    if (last !== undefined && continues(source, last, block)) {
      blocks[blocks.length - 1] = {
        ...last,
        words: [...last.words, ...block.words],
        end,
        endLine: block.endLine,
      };
    } else {
      blocks.push(block);
    }
  }
  return blocks;
}

function continues(source: ParsedSource, last: CommentBlock, next: CommentBlock): boolean {
  return (
    last.kind === 'line' &&
    next.kind === 'line' &&
    !next.trailing &&
    next.line === last.endLine + 1 &&
    source.at(last.start).column === source.at(next.start).column
  );
}

function wordsOf(value: string): string[] {
  return value.split('\n').map((line) => line.replace(/^[\s*/]+/, '').trim());
}
