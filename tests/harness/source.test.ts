import { expect, test } from 'vitest';
import { commentBlocks } from '../../harness/source/comments.ts';
import { functionsOf } from '../../harness/source/functions.ts';
import { gapsOf } from '../../harness/source/gaps.ts';
import { bindingsOf } from '../../harness/source/names.ts';
import { parseSource } from '../../harness/source/parse.ts';
import { isFunction, walk } from '../../harness/source/walk.ts';

const parse = (text: string) => parseSource('app/src/a.ts', text);

test('a syntax error is a finding with its line, not an exception', () => {
  const { fault } = parse('const a = 1;\nif (\n');
  expect(fault).toMatchObject({ ruleId: 'source/syntax-error', location: { file: 'app/src/a.ts', line: 3 } });
  expect(parse('const a = 1;\n').fault).toBeNull();
});

test('offsets are those of JavaScript strings, after letters of any kind', () => {
  const source = parse("const ö = '😀'; // c\nconst next = 1;\n");
  expect(source.code).toBe("const ö = '😀';     \nconst next = 1;\n");
  expect(source.at(source.text.indexOf('next'))).toEqual({ line: 2, column: 7 });
});

test('lines of code are neither blank nor only a comment', () => {
  const source = parse('// a\n\nconst a = 1; // b\n/* c\n d */\nconst b = 2;\n');
  expect(source.codeLines(0, source.text.length)).toBe(2);
});

test('line comments that follow each other are one comment', () => {
  const blocks = commentBlocks(parse('// one\n// two\nlet a; // three\n/** four\n * five\n */\nlet b;\n'));
  expect(blocks.map(({ kind, words, line, trailing }) => ({ kind, words, line, trailing }))).toEqual([
    { kind: 'line', words: ['one', 'two'], line: 1, trailing: false },
    { kind: 'line', words: ['three'], line: 3, trailing: true },
    { kind: 'jsdoc', words: ['four', 'five', ''], line: 4, trailing: false },
  ]);
});

test('every name that a file introduces is found, with where it comes from', () => {
  const text = `import { a as b, c } from 'x';
    interface Row { id: number }
    function outer(this: Row, { d, e: f }: Row, [g] = [1], ...h: Row[]) {
      for (const i of h) console.log(i);
      try { const j = { k: d, l() {} }; } catch (m) {}
      return (n: number) => n + f;
    }
    class Thing { #o = 1; p() {} }`;
  const found = bindingsOf(parse(text)).map(
    ({ name, kind, given }) => `${kind} ${name}${given ? ' (given)' : ''}`,
  );
  expect(found).toEqual([
    'import b',
    'import c (given)',
    'type Row',
    'member id',
    'function outer',
    'parameter d (given)',
    'parameter f',
    'parameter g',
    'parameter h',
    'loop i',
    'variable j',
    'key k',
    'key l',
    'catch m',
    'parameter n',
    'class Thing',
    'member o',
    'member p',
  ]);
});

test('a name lives from where it is introduced to its last mention in its scope', () => {
  const names = bindingsOf(
    parse('function f(a: number) {\n  const b = a;\n\n  return b;\n}\nconst c = 1;\nc;\n'),
  );
  expect(names.map(({ name, lives }) => [name, lives])).toEqual([
    ['f', 1],
    ['a', 2],
    ['b', 2],
    ['c', 2],
  ]);
});

test('the text between a node’s children is what is its own', () => {
  const source = parse('const sum = a  +/* c */b;');
  walk(source.program, (node) => {
    if (node.type !== 'BinaryExpression') return;
    expect(gapsOf(source, node).map((gap) => gap.text)).toEqual(['', '  +       ', '']);
  });
});

test('functions are named by themselves or by what holds them', () => {
  const text = `function one() {} const two = () => 1; class X { three() {} get four() { return 1; } }
    const o = { five() {}, six: () => 1 }; list.map(() => 1); export default () => 1;`;
  const source = parse(text);
  expect(functionsOf(source).map((f) => f.name)).toEqual([
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'callback of map',
    'default',
  ]);
  let functions = 0;
  walk(source.program, (node) => void (functions += isFunction(node) ? 1 : 0));
  expect(functions).toBe(8);
});
