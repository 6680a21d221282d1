import { describe, expect, test } from 'vitest';
import { expandVariables } from '../../../harness/layers/dockerfile/expand.ts';
import { parseDockerfile } from '../../../harness/layers/dockerfile/parse.ts';
import { splitPairs, splitWords } from '../../../harness/layers/dockerfile/words.ts';

const read = (text: string) => parseDockerfile(text).instructions;

describe('a Dockerfile is read as BuildKit reads it', () => {
  test('comments and empty lines between continued lines are no part of the instruction', () => {
    const [run] = read('RUN apk add \\\n  # cat .secrets\n\n  curl\n');
    expect(run?.text).toBe('apk add   curl');
  });

  test('lower case, CRLF and a byte order mark change nothing', () => {
    const [from, run] = read('\uFEFFfrom node:24-slim\r\nrun npm ci \\\r\n  --omit=dev\r\n');
    expect([from?.keyword, from?.text, run?.keyword, run?.text]).toEqual([
      'FROM',
      'node:24-slim',
      'RUN',
      'npm ci   --omit=dev',
    ]);
  });

  test('the escape directive changes the sign at the end of a line', () => {
    const [, copy] = read('# escape=`\nFROM node\nCOPY a `\n  b\n');
    expect(copy?.text).toBe('a   b');
  });

  // dockerfile-ast 0.7.1 gives back "src/ab.ts".
  test('the JSON form keeps the spaces inside of its strings', () => {
    expect(read('COPY ["src/a b.ts", "./"]')[0]?.json).toEqual(['src/a b.ts', './']);
  });

  test('single quotes are no JSON, so it is the shell form', () => {
    expect(read("CMD ['node', 'server.js']")[0]?.json).toBeNull();
  });

  // dockerfile-ast 0.7.1 takes this for a heredoc and swallows the rest of the file.
  test('<< inside of quotes opens no heredoc', () => {
    expect(read('RUN echo "see <<EOF"\nCOPY . .\n').map(({ keyword }) => keyword)).toEqual(['RUN', 'COPY']);
  });

  test('heredocs: several on a line, quoted names, tabs taken off', () => {
    const [copy] = read('COPY <<a.txt <<-"B" /files/\none $X\na.txt\n\ttwo $X\n\tB\n');
    expect(copy?.heredocs).toEqual([
      { name: 'a.txt', body: 'one $X\n', expands: true },
      { name: 'B', body: 'two $X\n', expands: false },
    ]);
  });

  test('flags stand before the words', () => {
    const [copy] = read('COPY --from=build --chown=node:node /app/dist ./dist');
    expect(copy?.flags).toEqual([
      { name: 'from', value: 'build' },
      { name: 'chown', value: 'node:node' },
    ]);
    expect(copy?.text).toBe('/app/dist ./dist');
  });
});

test('variables are replaced with their defaults and alternatives', () => {
  const valueOf = (name: string) => ({ A: 'a', EMPTY: '' })[name];
  const expand = (text: string) => expandVariables(text, valueOf);
  expect(expand('$A ${A}b ${B:-x$A} ${EMPTY:-y} ${EMPTY-z} ${A:+p} ${B:+q} \\$A')).toBe('a ab xa y  p  $A');
});

test('words and pairs lose their quotes, and the old form of ENV takes the rest of the line', () => {
  expect(splitWords(`a "b c" d\\ e 'f"g'`)).toEqual(['a', 'b c', 'd e', 'f"g']);
  expect(splitPairs('A=1 B="two words"', true)).toEqual([
    ['A', '1'],
    ['B', '"two words"'],
  ]);
  expect(splitPairs('NOTE we never cat .secrets', true)).toEqual([['NOTE', 'we never cat .secrets']]);
});
