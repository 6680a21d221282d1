import { ShellSyntaxError, type Word, type WordPart } from './syntax.ts';

/** Reads one word at `start`; stops at white space and operators. `end` is the first character after it. */
export function readWord(source: string, start: number): { word: Word; end: number } {
  const parts: WordPart[] = [];
  let at = start;
  const add = (text: string, quoted: boolean) => {
    const last = parts.at(-1);
    if (last?.kind === 'text' && last.quoted === quoted)
      parts[parts.length - 1] = { ...last, text: last.text + text };
    else parts.push({ kind: 'text', text, quoted });
  };
  while (at < source.length) {
    const char = source.charAt(at);
    if (/[\s;&|<>()]/.test(char)) break;
    if (char === "'") {
      const close = closing(source, at, "'");
      add(source.slice(at + 1, close), true);
      at = close + 1;
    } else if (char === '"') {
      const close = closingDouble(source, at);
      const inside = readText(source.slice(at + 1, close), true);
      if (inside.length === 0) add('', true);
      parts.push(...inside);
      at = close + 1;
    } else if (char === '\\') {
      add(source.charAt(at + 1), true);
      at += 2;
    } else if (char === '$' || char === '`') {
      const { part, end } = readExpansion(source, at, false);
      if (part.kind === 'text') add(part.text, false);
      else parts.push(part);
      at = end;
    } else {
      add(char, false);
      at += 1;
    }
  }
  return { word: parts, end: at };
}

/** Text in which only `$` and backquotes are special: between double quotes, and in a heredoc. */
export function readText(text: string, quoted: boolean): WordPart[] {
  const parts: WordPart[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') parts.push({ kind: 'text', text: plain, quoted });
    plain = '';
  };
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '\\' && '$`"\\\n'.includes(text.charAt(at + 1)) && at + 1 < text.length) {
      plain += text[at + 1] === '\n' ? '' : text.charAt(at + 1);
      at += 2;
    } else if (char === '$' || char === '`') {
      const { part, end } = readExpansion(text, at, quoted);
      if (part.kind === 'text') plain += part.text;
      else {
        flush();
        parts.push(part);
      }
      at = end;
    } else {
      plain += char;
      at += 1;
    }
  }
  flush();
  return parts;
}

function readExpansion(source: string, at: number, quoted: boolean): { part: WordPart; end: number } {
  if (source[at] === '`') {
    const close = closing(source, at, '`');
    const script = source.slice(at + 1, close).replace(/\\([$`\\])/g, '$1');
    return { part: { kind: 'substitution', script, quoted }, end: close + 1 };
  }
  if (source.startsWith('$((', at)) {
    const close = source.indexOf('))', at);
    if (close < 0) throw new ShellSyntaxError('$(( without ))');
    return { part: { kind: 'arithmetic' }, end: close + 2 };
  }
  if (source.startsWith('$(', at)) {
    const close = closingBracket(source, at + 1, '(', ')');
    return { part: { kind: 'substitution', script: source.slice(at + 2, close), quoted }, end: close + 1 };
  }
  if (source.startsWith('${', at)) {
    const close = closingBracket(source, at + 1, '{', '}');
    const inside = source.slice(at + 2, close);
    const [, length, name, operator = '', operand = ''] =
      /^(#?)(\w+|[@*?#!$-])(:?[-+=?]|##?|%%?|\/\/?|:|\^\^?|,,?)?([\s\S]*)$/.exec(inside) ?? [];
    if (name === undefined) throw new ShellSyntaxError(`\${${inside}}`);
    const part = { kind: 'variable', name, quoted, length: length === '#', operator, operand } as const;
    return { part, end: close + 1 };
  }
  const [whole, name] = /^\$(\w+|[?@*#!$-])/.exec(source.slice(at)) ?? [];
  if (whole === undefined || name === undefined)
    return { part: { kind: 'text', text: '$', quoted }, end: at + 1 };
  return {
    part: { kind: 'variable', name, quoted, length: false, operator: '', operand: '' },
    end: at + whole.length,
  };
}

function closing(source: string, at: number, quote: string): number {
  for (let end = at + 1; end < source.length; end += 1) {
    if (quote === '`' && source[end] === '\\') end += 1;
    else if (source[end] === quote) return end;
  }
  throw new ShellSyntaxError(`${quote} is never closed`);
}

function closingDouble(source: string, at: number): number {
  for (let end = at + 1; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source.startsWith('$(', end)) end = closingBracket(source, end + 1, '(', ')');
    else if (source[end] === '"') return end;
  }
  throw new ShellSyntaxError('" is never closed');
}

function closingBracket(source: string, at: number, open: string, close: string): number {
  let depth = 0;
  for (let end = at; end < source.length; end += 1) {
    const char = source[end];
    if (char === '\\') end += 1;
    else if (char === "'") end = closing(source, end, "'");
    else if (char === '"') end = closingDouble(source, end);
    else if (char === open) depth += 1;
    else if (char === close && (depth -= 1) === 0) return end;
  }
  throw new ShellSyntaxError(`${open} is never closed`);
}
