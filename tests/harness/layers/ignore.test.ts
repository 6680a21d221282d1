import { describe, expect, test } from 'vitest';
import { IgnoreSyntaxError, parseIgnoreRules } from '../../../harness/layers/ignore.ts';

const ignores = (text: string, path: string) => parseIgnoreRules(text).ignores(path);

// Each row was asked of BuildKit; docker and git differ in nearly all of them.
describe('ignore rules are those of Docker', () => {
  test.for([
    ['.secrets', '.secrets', true],
    ['.secrets', 'config/.secrets', false],
    ['**/.secrets', 'config/.secrets', true],
    ['**/.secrets', '.secrets', true],
    ['.secrets # keep it out', '.secrets', false],
    ['# .secrets', '.secrets', false],
    [' # .secrets', '.secrets', false],
    ['node_modules', 'node_modules/express/index.js', true],
    ['node_modules', 'packages/x/node_modules/y', false],
    ['/.secrets', '.secrets', true],
    ['./.secrets', '.secrets', true],
    ['dist/', 'dist/server.js', true],
    ['\uFEFF.secrets\r\n.git\r\n', '.secrets', true],
    ['.Secrets', '.secrets', false],
    ['.secrets\n!.*', '.secrets', false],
    ['*\n!src', 'src/server.ts', false],
    ['*\n!src', '.secrets', true],
    ['*\n!src\nsrc/*.md', 'src/notes.md', true],
    ['a(b)', 'a(b)/c', true],
    ['a+b{c', 'a+b{c', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['?ecrets', 'secrets', true],
    ['[._]secrets', '.secrets', true],
    ['foo/../.secrets', '.secrets', true],
    ['**', 'any/thing', true],
    ['**/*.key', 'a/b/c.key', true],
    ['.env*', '.env.local', true],
  ] as const)('%j leaves out %j: %j', ([text, path, ignored]) => {
    expect(ignores(text, path)).toBe(ignored);
  });

  test('a backslash at the end of a pattern stops the build', () => {
    expect(() => parseIgnoreRules('node_modules\\')).toThrow(IgnoreSyntaxError);
  });
});
