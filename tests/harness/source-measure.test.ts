import { expect, test } from 'vitest';
import { functionsOf } from '../../harness/source/functions.ts';
import { parseSource } from '../../harness/source/parse.ts';
import { wayDown } from '../../harness/source/way-down.ts';

const NEST = 'if (a) { if (b) { if (c) { done(); } else { no(); } } else { no(); } } else { no(); }';

test.each([
  [
    'guards',
    'if (!a) return; if (!b) return; if (!c) return; done();',
    { depth: 1, conditions: 1, complexity: 3 },
  ],
  ['a nest', NEST, { depth: 3, conditions: 3, complexity: 9 }],
  [
    'a ladder',
    'if (a) f(); else if (b) g(); else if (c) h(); else i();',
    { depth: 1, conditions: 1, complexity: 4 },
  ],
  [
    'a chain of ternaries',
    'return a ? 1 : b ? 2 : c ? 3 : d ? 4 : 5;',
    { depth: 3, conditions: 3, complexity: 10 },
  ],
  ['one ternary', 'return a ? 1 : 2;', { depth: 0, conditions: 0, complexity: 1 }],
  ['callbacks', 'x(() => { y(() => { if (a) z(() => { done(); }); }); });', { depth: 4, functions: 3 }],
  ['flat promises', 'return x().then(() => { a; }).then(() => { if (b) c; });', { depth: 2, functions: 1 }],
  ['a try around all', 'try { if (a) b(); } catch { c(); }', { depth: 1, complexity: 2 }],
  ['loops that run once', 'while (a) { while (b) { while (c) { return; } } }', { depth: 3, conditions: 0 }],
  ['labels', 'x: { if (a) break x; y: { z: { done(); } } }', { depth: 3 }],
  [
    '&& inside || inside &&',
    'return a && (b || (c && (d || e)));',
    { depth: 2, conditions: 2, complexity: 4 },
  ],
  ['a plain condition', 'return (a && b) || (c && d);', { depth: 0, conditions: 0 }],
  ['?? and ?.', 'return a?.b ?? c?.d ?? e;', { depth: 0, complexity: 0 }],
  [
    'a switch',
    'switch (a) { case 1: { return b; } default: return c; }',
    { depth: 1, conditions: 1, complexity: 1 },
  ],
  [
    'ifs as a switch',
    'switch (true) { case a: return 1; case b: return 2; default: return 3; }',
    { complexity: 2 },
  ],
])('%s', (_, body, expected) => {
  // The condition in front keeps it from being taken for a function that only hands out others.
  expect(measured(`if (first) return;\n${body}`)).toMatchObject({
    ...expected,
    ...('depth' in expected ? { depth: Math.max(1, expected.depth) } : {}),
    ...('conditions' in expected ? { conditions: Math.max(1, expected.conditions) } : {}),
    ...('complexity' in expected ? { complexity: 1 + expected.complexity } : {}),
  });
});

test.each([
  ['a && b && c();', 1],
  ['(await a()) && (await b()) && c();', 1],
  ['void (a ? b() : c ? d() : e ? f() : g());', 1],
  ['const ok = (a || (no(), false)) && (b || (no(), false));', 1],
  ['error && show(error);', 0],
  ['const both = a && b && c;', 0],
  ['return a && b && c;', 0],
])('%s hides %i chains', (body, count) => {
  expect(measured(body).chains).toHaveLength(count);
});

test('a function that only hands out others is measured by them, and counts as one around them', () => {
  const text = 'function routes(app) { app.get(() => { if (a) b(); }); app.post(() => { if (a) b(); }); }';
  const functions = functionsOf(parseSource('app/src/a.ts', text));
  expect(functions.map(({ name, depth, complexity }) => ({ name, depth, complexity }))).toEqual([
    { name: 'callback of get', depth: 1, complexity: 1 },
    { name: 'callback of post', depth: 1, complexity: 1 },
  ]);
});

test('a pyramid whose upper floors only hand on is as deep as it is', () => {
  const text = 'const f = () => a(() => b(() => c(() => d(() => e(() => { if (x) y(); })))));';
  expect(functionsOf(parseSource('app/src/a.ts', text))[0]).toMatchObject({ functions: 5 });
});

test('the profile has the depth of each line, and the way down names what stands around the deepest', () => {
  const source = parseSource(
    'app/src/a.ts',
    'function f() {\n  if (a) {\n    if (b) {\n      c();\n    }\n  }\n}\n',
  );
  const [outline] = functionsOf(source);
  expect(outline?.profile).toEqual([0, 0, 1, 2, 1, 0, 0]);
  expect(outline && wayDown(source, outline)).toEqual({ line: 4, around: ['if (a)', 'if (b)'] });
});

function measured(body: string) {
  const [outline] = functionsOf(parseSource('app/src/a.ts', `async function f() {\n${body}\n}\n`));
  if (outline === undefined) throw new Error('no function was measured');
  return outline;
}
