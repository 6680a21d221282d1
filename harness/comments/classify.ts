import { saidByCode } from './said-by-code.ts';
import { contentWords, stem, wordsOf } from './words.ts';

export interface CommentReading {
  /** `restates`: a reader of the code below learns nothing. `directive`: it speaks to a tool. */
  readonly verdict: 'restates' | 'tells' | 'directive';
  /** Words of the comment that the code says itself, and the rest, each once. */
  readonly said: readonly string[];
  readonly unsaid: readonly string[];
}

/**
 * Whether a comment says anything that the code does not. Compares its words with what the code says in plain words;
 * a comment that gives a reason, a unit, a limit or a source may repeat more of them.
 */
export function classifyComment(comment: string, code: string): CommentReading {
  const text = withoutTags(comment);
  if (DIRECTIVE.test(text)) return { verdict: 'directive', said: [], unsaid: [] };
  const words = [...new Set(plainWords(text))];
  const inCode = saidByCode(code);
  const said = words.filter((word) => isSaid(word, inCode));
  const unsaid = words.filter((word) => !isSaid(word, inCode));
  return { verdict: restates(text, words.length, unsaid.length) ? 'restates' : 'tells', said, unsaid };
}

function restates(text: string, words: number, unsaid: number): boolean {
  if (TASK.test(text)) return false;
  if (HEADING.test(text.trim())) return true;
  if (words === 0) return !/[\p{L}\p{N}]/u.test(text) || !REASON.test(text);
  const share = unsaid / words;
  if (REASON.test(text)) return unsaid === 0 && words >= 3;
  if (words <= 3) return share <= 1 / 3;
  return share <= (words <= 8 ? 0.3 : 0.25);
}

function isSaid(word: string, inCode: ReadonlySet<string>): boolean {
  return inCode.has(stem(word)) || FILLERS.has(stem(word));
}

/** As they stand in the comment, so that a finding can show them. */
function plainWords(text: string): string[] {
  return wordsOf(text).filter((word) => contentWords(word).length > 0);
}

/** `@param date The date` says that there is a date; a type in braces says nothing to TypeScript. */
function withoutTags(comment: string): string {
  return comment.replace(/@(param|returns?|throws|type|arg)\b(\s*\{[^}]*\})?/g, ' ');
}

/** Ways of saying "here is code". */
const FILLERS = new Set(
  'function method helper variable constant code line takes take call statement following value param parameter result show'
    .split(' ')
    .map(stem),
);

const DIRECTIVE =
  /^\s*(eslint|@ts-|ts-|prettier-|istanbul|c8 |v8 |oxlint|biome-|global |jshint|#region|#endregion|<reference|webpack|vite|@vite|sourceMappingURL|cspell|spell-checker|@preserve)|copyright|licen[cs]ed|spdx|all rights reserved/i;
const TASK = /^\W*(todo|fixme|hack|xxx|bug)\b/i;
const HEADING =
  /^(variables?|constants?|imports?|exports?|(helper )?functions?|helpers?|constructor|types?|routes?|main|getters?|setters?|init|setup|end( of .*)?)\W*$/i;

/** Marks of a reason, a contract, a unit or a source: what code cannot say. */
const REASON = new RegExp(
  [
    "because|since|so that|or else|otherwise (it|the|we)|hence|therefore|thus|avoid|prevents?|due to|in order|must|never|don't|do not|cannot|can't",
    'instead|rather|unless|until|although|even|despite|without|work ?around|legacy|deliberate|intention|on purpose|careful|beware|note:|assum|requires?',
    'law|legal|act|rfc|standard|agreed|asked|decided|ticket|bug|keep in|kept|safe|secur|attack|race|faster|slow|cheap|cost|compat|not yet|still|already',
    'no longer|unlike|see|inclusive|exclusive|half-open|rounded|matters?|in (cents|seconds|minutes|utc|ms|bytes)|utc|seconds?|millis|cents|callers?|wins|nobody|only',
    'newest|oldest|longest|first,|throws|ignored|thousands|for the tests|tested|not a|on a',
  ]
    .join('|')
    .replace(/^/, '\\b(')
    .replace(/$/, ')\\b|https?:|#\\d|§|;|:\\s'),
  'i',
);
