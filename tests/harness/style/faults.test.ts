import { expect, test } from 'vitest';
import { parseSource } from '../../../harness/source/parse.ts';
import { inConvention } from '../../../harness/style/naming.ts';
import { styleFaults } from '../../../harness/style/style.ts';

const rulesOf = (text: string) => [
  ...new Set(styleFaults(parseSource('app/src/a.ts', text)).map(({ rule }) => rule)),
];

test.each([
  ['naming', 'const My_Name = 1;', 'const myName = 1;'],
  ['naming', 'function Show() {}', 'function show() {}'],
  ['naming', 'type note_row = string;', 'type NoteRow = string;'],
  ['naming', 'const a = 1;\nexport { a as my_a };', 'const a = 1;\nexport { a as myA };'],
  ['naming', 'let LIMIT = 1;', 'const LIMIT = 1;'],
  ['naming', 'const Name = f();', 'const Name = class {};'],
  ['naming', 'class A {\n  my_method() {}\n}', 'interface Row {\n  created_by: string;\n}'],
  ['naming', 'const { a: my_a } = row;', 'const { created_by } = row;'],
  ['operator-spacing', 'a = b+c;', 'a = b + c;'],
  ['operator-spacing', 'a = b ? c:d;', 'a = b\n  ? c\n  : d;'],
  ['operator-spacing', 'const f = (x)=>x;', 'const f = (x) => x;'],
  ['operator-spacing', 'type A = B|C;', 'type A =\n  | B\n  | C;'],
  ['comma-spacing', 'f(a,b);', 'f(a, b);'],
  ['comma-spacing', 'f(a , b);', 'f(a\n  , b);'],
  ['comma-spacing', 'for (;a;b) {}', 'const [, , a] = b;'],
  ['colon-spacing', 'const a = { b:1 };', 'const a = { b: 1 };'],
  ['colon-spacing', 'let a: B, c : D;', 'let a : B, c : D;'],
  ['keyword-spacing', 'if(a) b();', 'if (a) b();'],
  ['keyword-spacing', 'if (a) {\n  b();\n}else {\n  c();\n}', 'x.from(a), import("b");'],
  ['block-spacing', 'function f(){}', 'function f() {}'],
  ['bracket-spacing', 'f({ a }, {b});', 'f({a}, {b});'],
  ['bracket-spacing', 'f( a);\ng(b);', 'f( a );\ng( b );'],
  ['quotes', "f(\"a\", 'b', 'c');", "f(\"it's\", 'b');"],
  ['semicolons', 'a();\nb()\nc();', 'a()\n;[b].forEach(c)'],
  ['arrow-parentheses', 'f(x => x, (y) => y);', 'f((x) => x, (y, z) => y);'],
  ['function-spacing', 'function f () {}\nfunction g() {}', 'function f () {}\nfunction g () {}'],
  ['brace-place', 'if (a)\n{\n  b();\n}\nif (c) {\n  d();\n}', 'if (a)\n{\n  b();\n}\nif (c)\n{\n  d();\n}'],
  ['indentation', 'function f() {\n  a();\n   b();\n}', 'function f() {\n   a();\n   b();\n}'],
  ['indentation', 'if (a) {\n  b();\n}\nif (c) {\n    d();\n}', 'if (a) {\n\tb();\n}\nif (c) {\n\td();\n}'],
  ['indentation', 'f([\n  [a],\n    [b],\n]);', 'f([\n  [a],\n  [b],\n]);'],
  ['indentation', 'if (a) {\nb();\n}', 'if (a) {\n b();\n}'],
  ['statements-per-line', 'a(); b();', 'if (a) { b(); c(); }'],
] as const)('%s is found in %j and not in %j', (rule, wrong, right) => {
  expect(rulesOf(wrong)).toEqual([rule]);
  expect(rulesOf(right)).toEqual([]);
});

test('a comment switches nothing off', () => {
  expect(rulesOf('/* eslint-disable */\n// prettier-ignore\na=b; // eslint-disable-line')).toEqual([
    'operator-spacing',
  ]);
});

test('a name is proposed in the convention', () => {
  expect(['note_detail', 'PatientID', 'HTMLPage', 'notes'].map((name) => inConvention(name))).toEqual([
    'noteDetail',
    'patientId',
    'htmlPage',
    'notes',
  ]);
  expect(inConvention('note_row', 'PascalCase')).toBe('NoteRow');
});
