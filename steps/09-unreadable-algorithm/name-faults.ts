import type { Binding } from '../../harness/source/names.ts';

export type NameFault = 'one-letter' | 'numbered' | 'generic' | 'letters';

/**
 * What is wrong with a name, by its shape and by how long it must be remembered; no dictionary is asked. A name that
 * lives for three lines may be short: `(p) => p.age` is read in one glance.
 */
export function faultOf(binding: Binding): NameFault | null {
  if (binding.given || binding.kind === 'import') return null;
  const name = binding.name.replace(/^[_$#]+|[_$]+$/g, '');
  // `_`, and `T` of a generic type.
  if (name === '' || (binding.kind === 'type' && name.length === 1)) return null;
  const isBrief = isRemembered(binding);
  if (/^([a-z])\1*$/i.test(name)) return isBrief || isCounter(binding, name) ? null : 'one-letter';
  if (/^[a-z]\d+$/i.test(name) || isNumbered(name)) return 'numbered';
  if (GENERIC.test(name) || PLACEHOLDER.test(name)) return 'generic';
  if (VAGUE.test(name)) return isBrief ? null : 'generic';
  return isBrief || !wordsOf(name).some((word, _, all) => isNoWord(word, all.length)) ? null : 'letters';
}

/** Read in one glance: a parameter or a variable all of whose mentions stand on three lines. */
function isRemembered({ kind, lives }: Binding): boolean {
  return lives <= 3 && ['parameter', 'variable', 'loop', 'catch'].includes(kind);
}

/** The customary letters of a short counting loop. */
const isCounter = ({ kind, lives }: Binding, name: string) =>
  kind === 'loop' && /^[ijk]$/.test(name) && lives <= 6;

/** `patients2`, and not `over65`, `top3` or `sha256`. */
function isNumbered(name: string): boolean {
  const [, head = '', number] = /^(.*?[a-z_])(\d+)$/i.exec(name) ?? [];
  if (number === undefined || KNOWN_NUMBERED.test(name)) return false;
  return Number(number) < 10 && !/(top|first|last|best|highest|lowest|max|min)$/i.test(head);
}

function isNoWord(word: string, wordsInName: number): boolean {
  if (wordsInName === 1 && word.length === 2) return !TWO.has(word);
  return word.length >= 3 && !/[aeiouy]/.test(word) && !CONSONANTS.has(word);
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[_\s\d$]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const GENERIC =
  /^(tmp|temp|foo|bar|baz|qux|things?|stuff|blah|dummy|asdf|abc|xyz|alpha|beta|gamma|whatever|var|my_?var|do_?it|do_?stuff|do_?work|do_?something|process_?(data|it)?|handle_?(data|it)?|helper|func|fn|method|proc)$/i;

/** A kind of thing with a number, a letter or nothing after it: `sectionTwo`, `listA`, `step1`. */
const PLACEHOLDER =
  /^(section|part|step|phase|stage|block|chunk|tmp|temp|var|val|value|list|arr|array|obj|object|item|data|num|number|str|string|res|result|thing|helper|func|function|map|count|counter|total|sum)_?(\d|[A-Z]|one|two|three|four|five|One|Two|Three|Four|Five|First|Second|Third|Fourth|Fifth)$/;

/** Fine for a moment, empty after a few lines. */
const VAGUE = /^(arr|obj|val|num|str|item|elem|element|list|array|object|value|section|part|step)$/i;

const KNOWN_NUMBERED =
  /^(sha\d+|md5|utf_?8|utf_?16|base64|p\d\d|http2|ipv[46]|es\d+|h[1-6]|b12|o2|a1c|hba1c)$/i;

const TWO = new Set(
  'id db ok io ui to of by no is on up fs os ip me op ms px pg at as in it or my we if cb fn el lo hi tz do go'.split(
    ' ',
  ),
);

/** Words without a vowel that every programmer reads, and a clinic's own. */
const CONSONANTS = new Set(
  'msg pkg lhs rhs str src dst cls ctx cmd btn txt xml sql html css csv http https jwt tls ssl dns pdf png svg px pct std sdk npm fmt prng rng bmi mrn icd dob ldl hdl bpm nth'.split(
    ' ',
  ),
);
