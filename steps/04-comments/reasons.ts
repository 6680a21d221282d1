/** What a comment of the clinic says that no code can say. */
export interface Reason {
  /** Completes "The reason … is gone". */
  readonly name: string;
  /** How it was worded when the clinic was shipped. */
  readonly shipped: string;
  /** Told in any words that hold one of each. */
  readonly facts: readonly RegExp[];
}

/** Whether a comment tells this reason. `beside` is the code's first line, whose names may carry a part of it. */
export function tells(reason: Reason, comment: string, beside: string): boolean {
  const text = `${comment} ${beside.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')}`;
  const words = comment.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
  return words.length >= LEAST_WORDS && reason.facts.every((fact) => fact.test(text));
}

/** Fewer are a heading and no reason. */
const LEAST_WORDS = 3;

export const REASONS: readonly Reason[] = [
  {
    name: 'that the printed form cuts off what is longer',
    shipped:
      'The paper form in the patient’s folder has room for 2000 characters, and the print shop’s template cuts off the rest.',
    facts: [
      /\b(print\w*|paper\w*|forms?|template|sheet|folder|hard ?copy)\b/i,
      /\b(cut\w*|los[est]\w*|lost|truncat\w*|room|space|fits?|limit\w*|longer|2[ ,.]?000|two thousand|together|in (step|sync)|beyond|holds?|max\w*|drop\w*|disappear\w*|vanish\w*|missing|swallow\w*|clip\w*|chop\w*|overflow\w*|match\w*|capacity)\b/i,
    ],
  },
  {
    name: 'that the law obliges the clinic to keep every note',
    shipped:
      'The medical records act obliges us to keep every note for ten years, which is why notes are never changed or deleted.',
    facts: [
      /\b(laws?|act|legal\w*|statut\w*|retention|retain\w*|oblige[sd]?|obligation|regulat\w*|compliance|required? (by|to)|illegal|unlawful)\b/i,
      /\b(ten|10|years?|decade|delet\w*|chang\w*|edit\w*|remov\w*|kept|keep\w*|preserv\w*|append|immutable|eras\w*|updat\w*|destroy\w*)\b/i,
    ],
  },
  {
    name: 'that the insurers read every time as UTC',
    shipped:
      'The insurance companies read every time in a bill as UTC and send back a bill that seems to begin too early.',
    facts: [
      /\b(insur\w*|bill\w*|payers?|claims?|invoic\w*|reimburs\w*)\b/i,
      /\b(utc|gmt|zulu|time ?zones?|zone|times?|hours?|clocks?|local|timestamps?|greenwich)\b/i,
    ],
  },
];
