import { ShellSyntaxError, type Word } from './syntax.ts';
import { readText, readWord } from './words.ts';

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'redirect'; readonly descriptor: number | null; readonly operator: string; target: Word }
  | { readonly kind: 'newline' };

/** Splits a script; bodies of heredocs become the targets of their redirects. */
export function readTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const pending: { token: Token & { kind: 'redirect' }; name: string; strips: boolean; quoted: boolean }[] =
    [];
  const text = source.replace(/\\\n/g, '');
  let at = 0;
  const takeBodies = () => {
    for (const { token, name, strips, quoted } of pending.splice(0)) {
      let body = '';
      for (;;) {
        if (at >= text.length) break;
        const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
        const line = strips ? text.slice(at, end).replace(/^\t+/, '') : text.slice(at, end);
        at = end + 1;
        if (line === name) break;
        body += `${line}\n`;
      }
      token.target = quoted ? [{ kind: 'text', text: body, quoted: true }] : readText(body, true);
    }
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '\n') {
      tokens.push({ kind: 'newline' });
      at += 1;
      takeBodies();
      continue;
    }
    if (/\s/.test(char)) {
      at += 1;
      continue;
    }
    if (char === '#') {
      while (at < text.length && text[at] !== '\n') at += 1;
      continue;
    }
    const [opening, number = '', operator = ''] =
      /^(\d*|&)(>>|>\||>&|<<<|<<-|<<|<&|<>|>|<)/.exec(text.slice(at)) ?? [];
    if (opening !== undefined) {
      at += opening.length;
      while (/[ \t]/.test(text.charAt(at))) at += 1;
      const { word, end } = readWord(text, at);
      if (end === at) throw new ShellSyntaxError(`${operator} without a target`);
      at = end;
      const descriptor = number === '&' ? null : number === '' ? defaultDescriptor(operator) : Number(number);
      const token = {
        kind: 'redirect' as const,
        descriptor,
        operator: plainOperator(operator),
        target: word,
      };
      tokens.push(token);
      if (operator === '<<' || operator === '<<-') {
        const name = word.map((part) => (part.kind === 'text' ? part.text : '')).join('');
        const quoted = word.some((part) => part.kind === 'text' && part.quoted);
        pending.push({ token, name, strips: operator === '<<-', quoted });
      }
      continue;
    }
    const [symbol] = /^(&&|\|\||;;|\|&|[;&|()])/.exec(text.slice(at)) ?? [];
    if (symbol !== undefined) {
      tokens.push({ kind: 'operator', text: symbol });
      at += symbol.length;
      continue;
    }
    const { word, end } = readWord(text, at);
    tokens.push({ kind: 'word', word });
    at = end;
  }
  takeBodies();
  return tokens;
}

const defaultDescriptor = (operator: string) => (operator.startsWith('<') ? 0 : 1);

const plainOperator = (operator: string) =>
  operator === '>|' ? '>' : operator === '<<-' ? '<<' : operator === '<>' ? '<' : operator;
