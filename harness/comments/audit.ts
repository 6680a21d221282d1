import type { Node } from 'oxc-parser';
import { type CommentBlock, commentBlocks } from '../source/comments.ts';
import type { ParsedSource } from '../source/parse.ts';
import { walk } from '../source/walk.ts';
import { classifyComment, type CommentReading } from './classify.ts';

/** A comment with the code that it stands on and what it says beyond it. */
export interface AuditedComment extends CommentReading {
  readonly block: CommentBlock;
  /** The words, in one line. */
  readonly text: string;
  /** The code that it speaks of; empty at the end of a file. */
  readonly code: string;
}

/** Every comment of a file, in the order of the text. */
export function auditComments(source: ParsedSource): AuditedComment[] {
  const blocks = commentBlocks(source);
  if (blocks.length === 0) return [];
  const anchors = anchorsOf(source);
  return blocks.map((block) => {
    const text = block.words.join(' ').replace(/\s+/g, ' ').trim();
    const code = codeOf(source, block, anchors);
    return { block, text, code, ...classifyComment(text, code) };
  });
}

/** The statement that ends on its line before a trailing comment, else the first that begins after it. */
function codeOf(source: ParsedSource, block: CommentBlock, anchors: readonly Node[]): string {
  const lineStart = source.startOf(block.line);
  const node = block.trailing
    ? anchors.findLast(({ start, end }) => start < block.start && end > lineStart && end <= block.start + 1)
    : anchors.find(({ start }) => start >= block.end);
  if (node === undefined) return block.trailing ? source.code.slice(lineStart, block.start) : '';
  return source.code.slice(node.start, node.end);
}

/** Statements, declarations and members, outer before inner. */
function anchorsOf(source: ParsedSource): Node[] {
  const anchors: Node[] = [];
  walk(source.program, (node, ancestors) => {
    const isWrapped = ancestors.at(-1)?.type.startsWith('Export') === true;
    if (!isWrapped && ANCHOR.test(node.type) && node.type !== 'BlockStatement') anchors.push(node);
  });
  return anchors.sort((a, b) => a.start - b.start || b.end - a.end);
}

const ANCHOR =
  /(Statement|Declaration|Declarator|Definition|Signature|SwitchCase|^Property|Expression|Literal)$/;
