export interface Flag {
  readonly name: string;
  /** `true` as text for a flag without a value. */
  readonly value: string;
}

/** Takes the `--name=value` words off the front. */
export function takeFlags(text: string): { flags: Flag[]; text: string } {
  const flags: Flag[] = [];
  let rest = text;
  for (;;) {
    const [whole, name, value] = /^--([a-z]+)(?:=("[^"]*"|\S*))?(?:\s+|$)/.exec(rest) ?? [];
    if (whole === undefined || name === undefined) return { flags, text: rest };
    flags.push({ name, value: value?.replace(/^"(.*)"$/, '$1') ?? 'true' });
    rest = rest.slice(whole.length);
  }
}

/** dockerfile-ast 0.7.1 loses spaces inside the strings of a JSON form, so the text is read by JSON itself. */
export function readJsonForm(text: string): string[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch {
    return null;
  }
}

/** Words with their quotes removed, as COPY, ENV, ARG and LABEL read them. */
export function splitWords(text: string): string[] {
  return splitRaw(text).map(unquote);
}

/** Words with their quotes kept. */
export function splitRaw(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\[\s\S]|[^\s"'\\]|["'])+/g) ?? [];
}

/** `KEY=value` pairs of ENV, ARG and LABEL; `ENV KEY the rest` is the old form. Values keep their quotes. */
export function splitPairs(text: string, oldForm: boolean): [key: string, value: string | null][] {
  const words = splitRaw(text);
  const [first] = words;
  if (oldForm && first !== undefined && !first.includes('=')) {
    return [[first, text.trim().slice(first.length).trim()]];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [unquote(word), null] : [unquote(word.slice(0, at)), word.slice(at + 1)];
  });
}

export function unquote(word: string): string {
  return word.replace(/"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g, (_, double, single, escaped) => {
    if (typeof double === 'string') return double.replace(/\\(["\\$])/g, '$1');
    return typeof single === 'string' ? single : String(escaped);
  });
}
