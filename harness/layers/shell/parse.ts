import { type Assignment, type Command, type Redirect, ShellSyntaxError, type Word } from './syntax.ts';
import { readTokens, type Token } from './tokens.ts';

/** Reads a script. Throws `ShellSyntaxError` for what is no shell, or shell that this reader does not know. */
export function parseShell(source: string): Command {
  const reader = createReader(readTokens(source));
  const script = reader.sequence([]);
  if (!reader.atEnd()) throw new ShellSyntaxError('something stands behind the end of the script');
  return script;
}

function createReader(tokens: readonly Token[]) {
  let at = 0;
  const peek = () => tokens[at];
  const atEnd = () => at >= tokens.length;
  const isOperator = (...texts: string[]) => {
    const token = peek();
    return token?.kind === 'operator' && texts.includes(token.text);
  };
  const keyword = () => {
    const token = peek();
    return token?.kind === 'word' ? plainText(token.word) : null;
  };
  const expectWord = (text: string) => {
    if (keyword() !== text) throw new ShellSyntaxError(`${text} is missing`);
    at += 1;
  };
  const skipNewlines = () => {
    while (peek()?.kind === 'newline') at += 1;
  };
  const takeRedirects = () => {
    const redirects: Redirect[] = [];
    for (let token = peek(); token?.kind === 'redirect'; token = peek()) {
      redirects.push(toRedirect(token));
      at += 1;
    }
    return redirects;
  };

  function sequence(ends: readonly string[]): Command {
    const commands: Command[] = [];
    for (;;) {
      while (peek()?.kind === 'newline' || isOperator(';', '&')) at += 1;
      if (atEnd() || isOperator(')', ';;') || ends.includes(keyword() ?? '')) break;
      commands.push(andOr());
      if (!atEnd() && peek()?.kind !== 'newline' && !isOperator(';', '&', ')', ';;'))
        throw new ShellSyntaxError('a command does not end');
    }
    return { kind: 'sequence', commands };
  }

  function andOr(): Command {
    let left = pipeline();
    while (isOperator('&&', '||')) {
      const operator = isOperator('&&') ? '&&' : '||';
      at += 1;
      skipNewlines();
      left = { kind: 'and-or', left, operator, right: pipeline() };
    }
    return left;
  }

  function pipeline(): Command {
    const negated = keyword() === '!';
    if (negated) at += 1;
    const commands = [command()];
    while (isOperator('|', '|&')) {
      at += 1;
      skipNewlines();
      commands.push(command());
    }
    const [only] = commands;
    return only !== undefined && commands.length === 1 && !negated
      ? only
      : { kind: 'pipeline', commands, negated };
  }

  function command(): Command {
    if (isOperator('(')) {
      at += 1;
      const body = sequence([]);
      if (!isOperator(')')) throw new ShellSyntaxError('( is never closed');
      at += 1;
      return { kind: 'group', body, subshell: true, redirects: takeRedirects() };
    }
    switch (keyword() ?? '') {
      case '{': {
        at += 1;
        const body = sequence(['}']);
        expectWord('}');
        return { kind: 'group', body, subshell: false, redirects: takeRedirects() };
      }
      case 'if':
        return ifCommand();
      case 'for':
        return forCommand();
      case 'while':
      case 'until': {
        at += 1;
        const condition = sequence(['do']);
        return { kind: 'while', condition, body: doBody(), redirects: takeRedirects() };
      }
      case 'case':
        return caseCommand();
      default:
        return simple();
    }
  }

  function doBody(): Command {
    expectWord('do');
    const body = sequence(['done']);
    expectWord('done');
    return body;
  }

  function ifCommand(): Command {
    const branches: { condition: Command; body: Command }[] = [];
    let otherwise: Command | null = null;
    do {
      at += 1;
      const condition = sequence(['then']);
      expectWord('then');
      branches.push({ condition, body: sequence(['elif', 'else', 'fi']) });
    } while (keyword() === 'elif');
    if (keyword() === 'else') {
      at += 1;
      otherwise = sequence(['fi']);
    }
    expectWord('fi');
    return { kind: 'if', branches, otherwise, redirects: takeRedirects() };
  }

  function forCommand(): Command {
    at += 1;
    const name = keyword() ?? '';
    at += 1;
    skipNewlines();
    let words: Word[] | null = null;
    if (keyword() === 'in') {
      at += 1;
      words = [];
      for (let token = peek(); token?.kind === 'word'; token = peek()) {
        words.push(token.word);
        at += 1;
      }
    }
    while (peek()?.kind === 'newline' || isOperator(';')) at += 1;
    return { kind: 'for', name, words, body: doBody(), redirects: takeRedirects() };
  }

  function caseCommand(): Command {
    at += 1;
    const subject = peek();
    if (subject?.kind !== 'word') throw new ShellSyntaxError('case without a word');
    at += 1;
    skipNewlines();
    expectWord('in');
    const arms: { patterns: Word[]; body: Command }[] = [];
    for (;;) {
      skipNewlines();
      if (keyword() === 'esac') break;
      if (isOperator('(')) at += 1;
      const patterns: Word[] = [];
      for (let token = peek(); token?.kind === 'word' || isOperator('|'); token = peek()) {
        if (token?.kind === 'word') patterns.push(token.word);
        at += 1;
      }
      if (!isOperator(')')) throw new ShellSyntaxError('a pattern of case does not end');
      at += 1;
      arms.push({ patterns, body: sequence(['esac']) });
      if (isOperator(';;')) at += 1;
    }
    at += 1;
    return { kind: 'case', word: subject.word, arms, redirects: takeRedirects() };
  }

  function simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (let token = peek(); token !== undefined; token = peek()) {
      if (token.kind === 'redirect') redirects.push(toRedirect(token));
      else if (token.kind === 'word') {
        const assignment = words.length === 0 ? toAssignment(token.word) : null;
        if (assignment !== null) assignments.push(assignment);
        else words.push(token.word);
      } else if (isOperator('(') && words.length === 1 && tokens[at + 1]?.kind === 'operator') {
        at += 2;
        skipNewlines();
        return { kind: 'function', name: plainText(words[0] ?? []) ?? '', body: command() };
      } else break;
      at += 1;
    }
    if (assignments.length + words.length + redirects.length === 0)
      throw new ShellSyntaxError('a command is missing');
    return { kind: 'simple', assignments, words, redirects };
  }

  return { sequence, atEnd };
}

/** The text of a word without quotes and expansions; `null` when it has any. */
function plainText(word: Word): string | null {
  const [part] = word;
  return word.length === 1 && part?.kind === 'text' && !part.quoted ? part.text : null;
}

function toAssignment(word: Word): Assignment | null {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return null;
  const [whole, name] = /^([A-Za-z_]\w*)=/.exec(first.text) ?? [];
  if (whole === undefined || name === undefined) return null;
  const text = first.text.slice(whole.length);
  return { name, value: text === '' ? rest : [{ ...first, text }, ...rest] };
}

function toRedirect(token: Token & { kind: 'redirect' }): Redirect {
  return {
    descriptor: token.descriptor,
    operator: token.operator as Redirect['operator'],
    target: token.target,
  };
}
