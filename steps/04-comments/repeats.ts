import type { AuditedComment } from '../../harness/comments/audit.ts';
import { classifyComment } from '../../harness/comments/classify.ts';
import { contentWords } from '../../harness/comments/words.ts';

export interface ShippedComment {
  /** The function that it stood on. */
  readonly on: string;
  readonly lines: readonly string[];
}

export interface Repeated {
  readonly shipped: ShippedComment;
  /** The part of the comment that says it. */
  readonly sentence: string;
}

/**
 * The shipped comment that this one still is: a sentence of it, a shorter one, or other words over the same function
 * that still repeat it. Looked for sentence by sentence, so that it does not hide beside a reason.
 */
export function repeats(
  comment: AuditedComment,
  shipped: readonly ShippedComment[],
  own: boolean,
): Repeated | null {
  const sentences = sentencesOf(comment.text);
  for (const one of shipped) {
    const verbatim = sentences.find((sentence) => one.lines.some((line) => isSame(sentence, line)));
    if (verbatim !== undefined) return { shipped: one, sentence: verbatim };
  }
  const declared = own ? declaredBy(comment.code) : null;
  if (declared === null) return null;
  for (const one of shipped) {
    const whole = new Set(meaning(one.lines.join(' ')));
    const isOnIt = contentWords(one.on).join() === contentWords(declared).join();
    const shorter = sentences.find((sentence) => {
      const words = meaning(sentence);
      const shared = words.filter((word) => whole.has(word)).length;
      const enough = isOnIt
        ? shared >= 1 && shared / words.length >= 0.5
        : words.length >= 2 && shared === words.length;
      return enough && classifyComment(sentence, comment.code).verdict === 'restates';
    });
    if (shorter !== undefined) return { shipped: one, sentence: shorter };
  }
  return null;
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?;])\s+|\s+(?=@\w)/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** Three words in four are the same. */
function isSame(sentence: string, line: string): boolean {
  const [mine, theirs] = [new Set(meaning(sentence)), new Set(meaning(line))];
  const shared = [...mine].filter((word) => theirs.has(word)).length;
  return shared >= 2 && shared / Math.max(mine.size, theirs.size) >= 0.75;
}

/** The function that the code declares. `note_item` is still `noteItem` after a step that renames. */
function declaredBy(code: string): string | null {
  return (
    /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\s*\*?|const|let)\s+([\w$]+)/.exec(code)?.[1] ??
    null
  );
}

const meaning = (text: string) => contentWords(text).filter((word) => !HOLLOW.has(word));
const HOLLOW = new Set(contentWords('function takes parameter parameters returns return'));
