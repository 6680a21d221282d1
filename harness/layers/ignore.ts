/** What `.dockerignore` leaves out of the build context, by Docker's rules (moby/patternmatcher), which are not git's. */
export interface IgnoreRules {
  /** `path` is relative to the context, with `/`. */
  ignores(path: string): boolean;
}

/** Throws `IgnoreSyntaxError` for a pattern at which Docker stops the build. */
export function parseIgnoreRules(text: string): IgnoreRules {
  return createIgnoreRules(
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => !line.startsWith('#')),
  );
}

/** Also for the patterns of `COPY --exclude`. */
export function createIgnoreRules(lines: readonly string[]): IgnoreRules {
  const rules = lines.flatMap((line) => {
    const trimmed = line.trim();
    const keeps = trimmed.startsWith('!');
    const pattern = cleanPath(keeps ? trimmed.slice(1).trim() : trimmed);
    return pattern === '' ? [] : [{ keeps, matches: compile(pattern) }];
  });
  return {
    ignores(path) {
      const parts = path.split('/');
      const heads = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
      let ignored = false;
      for (const rule of rules) {
        if (rule.keeps === ignored && heads.some((head) => rule.matches.test(head))) ignored = !rule.keeps;
      }
      return ignored;
    },
  };
}

export class IgnoreSyntaxError extends Error {
  override readonly name = 'IgnoreSyntaxError';
}

/** As Go's `filepath.Clean`, then without a leading `/`. */
function cleanPath(pattern: string): string {
  if (pattern === '') return '';
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !pattern.startsWith('/')) parts.push(part);
  }
  return parts.join('/');
}

function compile(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      if (pattern[at + 1] === '/') at += 1;
      source += at + 1 >= pattern.length ? '.*' : '(.*/)?';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\') {
      at += 1;
      if (at >= pattern.length) throw new IgnoreSyntaxError(`syntax error in pattern: ${pattern}`);
      source += escaped(pattern.charAt(at));
    } else source += '[]^'.includes(char) ? char : escaped(char);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    throw new IgnoreSyntaxError(`syntax error in pattern: ${pattern}`);
  }
}

const escaped = (char: string) => (/[.+()|{}$*?[\]\\^]/.test(char) ? `\\${char}` : char);
