import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTrees } from '../../store/comparison.ts';
import { applyPatch, createPatch, parsePatch } from '../../store/patches.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';
import { git, shown, textIn } from './workspace-fixture.ts';

const FILE = 'steps/04-comments/solution.patch';
const tree = (files: Readonly<Record<string, string>>): FileTree =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const roundTrip = (before: FileTree, after: FileTree): FileTree =>
  applyPatch(before, parsePatch(createPatch(before, after, { title: 'A change' }), FILE));

const TEN = Array.from({ length: 10 }, (_, i) => `line ${i + 1}\n`).join('');

describe('a patch file', () => {
  test('is a header, a blank line and a diff', () => {
    const header = {
      title: 'Quotes are stripped',
      refusedBy: 'injection/syntax-error',
      notes: 'A blocklist:\nit forgets one.',
    };
    const text = createPatch(
      tree({ 'app/a.ts': TEN }),
      tree({ 'app/a.ts': TEN.replace('line 5', 'LINE 5') }),
      header,
    );
    expect(text).toMatchInlineSnapshot(`
      "Title: Quotes are stripped
      Refused-by: injection/syntax-error
      A blocklist:
      it forgets one.

      --- a/app/a.ts
      +++ b/app/a.ts
      @@ -2,7 +2,7 @@
       line 2
       line 3
       line 4
      -line 5
      +LINE 5
       line 6
       line 7
       line 8
      "
    `);
    const patch = parsePatch(text, FILE);
    expect(patch).toMatchObject({ ...header, file: FILE });
    expect(
      parsePatch(text.replaceAll('Refused-by: injection/syntax-error\n', ''), FILE).refusedBy,
    ).toBeUndefined();
  });

  test.each([
    ['no header', '--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n'],
    ['no title', 'Why: because\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n'],
    ['a title misspelt', 'title: A change\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n'],
    [
      'a rule misspelt',
      'Title: A change\nRefused-By: a/b\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n',
    ],
    [
      'a rule that is none',
      'Title: A change\nRefused-by: everything\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n',
    ],
    ['two titles', 'Title: One\nTitle: Two\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n'],
    ['no diff', 'Title: A change\n\nnothing here\n'],
    ['a count that is wrong', 'Title: A change\n\n--- a/app/a\n+++ b/app/a\n@@ -1,3 +1 @@\n-a\n+b\n'],
    [
      'a hunk whose heading is spoilt',
      'Title: A change\n\n--- a/app/a\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n@ -9 +9 @@\n-c\n+d\n',
    ],
    ['only one of two names', 'Title: A change\n\n--- a/app/a\n@@ -1 +1 @@\n-a\n+b\n'],
  ])('with %s is refused', async (_, text) => {
    expect(await refusal(() => parsePatch(text, FILE))).toMatch(
      /^PATCH_BROKEN\nsteps\/04-comments\/solution.patch: /,
    );
  });

  test.each(['a/steps/x', 'a/app/../x', 'app/a', 'a/app//x', '/etc/passwd'])(
    'that touches %s is refused',
    async (name) => {
      const text = `Title: A change\n\n--- ${name}\n+++ b/app/a\n@@ -1 +1 @@\n-a\n+b\n`;
      expect(await refusal(() => applyPatch(tree({ 'app/a': 'a\n' }), parsePatch(text, FILE)))).toContain(
        'expected a file named',
      );
    },
  );
});

describe('applying a patch', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['changes lines', { 'app/a': TEN }, { 'app/a': TEN.replace('line 2', 'two').replace('line 9', 'nine') }],
    [
      'makes and removes files',
      { 'app/a': 'a\n', 'app/b': 'b\n' },
      { 'app/a': 'a\n', 'app/new/c': 'c\nd\n' },
    ],
    ['makes an empty file', {}, { 'app/empty': '' }],
    ['removes an empty file', { 'app/empty': '' }, {}],
    ['adds a newline at the end', { 'app/a': 'a\nb' }, { 'app/a': 'a\nb\n' }],
    ['removes a newline at the end', { 'app/a': 'a\nb\n' }, { 'app/a': 'a\nb' }],
    ['keeps a missing newline', { 'app/a': 'a\nb' }, { 'app/a': 'c\nb' }],
    ['makes a file without newline', {}, { 'app/a': 'a' }],
    ['keeps lines of Windows', { 'app/a': 'a\r\nb\r\nc\r\n' }, { 'app/a': 'a\r\nB\r\nc\r\n' }],
    ['turns lines of Windows into others', { 'app/a': 'a\r\nb\r\n' }, { 'app/a': 'a\nb\n' }],
    [
      'keeps lines that look like a diff',
      { 'app/a': '-- a\n++ b\n@@ c\n' },
      { 'app/a': '-- A\n++ B\n@@ c\n--- d\n' },
    ],
    ['renames as one removed and one made', { 'app/old': TEN }, { 'app/new': TEN }],
    ['keeps names with spaces', { 'app/a b': 'a\n' }, { 'app/a b': 'b\n' }],
  ])('%s', (_, before, after) => {
    expect(shown(roundTrip(tree(before), tree(after)))).toEqual(after);
  });

  test('gives back any change of any text', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '- x', '\r', '\\ No newline at end of file'))
      .map((l) => l.join('\n'));
    const files = fc.dictionary(fc.constantFrom('app/a', 'app/b', 'app/c'), text, { noNullPrototype: true });
    fc.assert(
      fc.property(files, files, (before, after) => {
        fc.pre(
          JSON.stringify(before) !== JSON.stringify(after) &&
            compareTrees(tree(before), tree(after), ALL) !== '',
        );
        expect(shown(roundTrip(tree(before), tree(after)))).toEqual(shown(tree(after)));
      }),
      { numRuns: 500 },
    );
  });

  test('reads what git writes, renames included, and git reads what we write', async () => {
    const root = await temporaryFolder({ 'app/old.ts': TEN, 'app/b.ts': 'b\n' });
    await git(root, 'init', '-q');
    await git(root, 'add', '-A');
    await git(root, 'commit', '-qm', 'before');
    const before = tree({ 'app/old.ts': TEN, 'app/b.ts': 'b\n' });
    const after = { 'app/new.ts': TEN.replace('line 5', 'five'), 'app/b.ts': 'B\n' };
    const ours = createPatch(before, tree(after), { title: 'A change' });
    await writeFiles(root, { 'ours.patch': ours });
    await git(root, 'apply', '--index', 'ours.patch');
    expect(await textIn(root, 'app/new.ts')).toBe(after['app/new.ts']);
    const theirs = await git(root, 'diff', '--cached', '-M', '--', 'app');
    expect(theirs).toContain('rename from');
    expect(shown(applyPatch(before, parsePatch(`Title: A change\n\n${theirs}`, FILE)))).toEqual(after);
  });

  test('that does not fit says where, what was expected and what was found', async () => {
    const before = tree({ 'app/a': TEN });
    const patch = parsePatch(
      createPatch(before, tree({ 'app/a': TEN.replace('line 2', '2').replace('line 9', '9') }), {
        title: 'A change',
      }),
      FILE,
    );
    const other = tree({ 'app/a': TEN.replace('line 9', 'line neun') });
    expect(await refusal(() => applyPatch(other, patch))).toMatchInlineSnapshot(`
      "PATCH_BROKEN
      steps/04-comments/solution.patch: hunk 1 of app/a does not fit at line 9
        expected: "line 9\\n"
        found:    "line neun\\n"
      > Write the patch anew from files: \`npm run author edit N solution\`, then \`npm run author save\`."
    `);
    const short = tree({ 'app/a': 'line 1\nline 2\n' });
    expect(await refusal(() => applyPatch(short, patch))).toContain('found:    the end of the file');
  });

  test('is not done at another line than it names, though it would fit there', async () => {
    const before = tree({ 'app/a': TEN });
    const patch = parsePatch(
      createPatch(before, tree({ 'app/a': TEN.replace('line 5', 'five') }), { title: 'A change' }),
      FILE,
    );
    expect(await refusal(() => applyPatch(tree({ 'app/a': `new\nnew\n${TEN}` }), patch)))
      .toMatchInlineSnapshot(`
      "PATCH_BROKEN
      steps/04-comments/solution.patch: hunk 1 of app/a does not fit at line 2
        expected: "line 2\\n"
        found:    "new\\n"
        The lines that it wants stand at line 4 instead.
      > Write the patch anew from files: \`npm run author edit N solution\`, then \`npm run author save\`."
    `);
  });

  test('is refused where a file is missing, is there already, or keeps lines that it should lose', async () => {
    const make = parsePatch(createPatch(tree({}), tree({ 'app/a': 'a\n' }), { title: 'A change' }), FILE);
    const lose = parsePatch(createPatch(tree({ 'app/a': 'a\n' }), tree({}), { title: 'A change' }), FILE);
    expect(await refusal(() => applyPatch(tree({ 'app/a': 'b\n' }), make))).toContain(
      'app/a is to be made, and is there already',
    );
    expect(await refusal(() => applyPatch(tree({}), lose))).toContain(
      'app/a is to be changed, and there is no such file',
    );
    expect(await refusal(() => applyPatch(tree({ 'app/a': 'a\nb\n' }), lose))).toContain(
      'lines of it would remain',
    );
  });

  test('leaves the tree that it was given as it was', () => {
    const before = tree({ 'app/a': 'a\n' });
    roundTrip(before, tree({ 'app/a': 'b\n' }));
    expect(shown(before)).toEqual({ 'app/a': 'a\n' });
  });
});

describe('a comparison', () => {
  test('shows the paths asked for, mine against theirs', () => {
    const mine = tree({ 'app/a': TEN, 'app/mine': 'x\n', 'app/same': 's\n' });
    const theirs = tree({ 'app/a': TEN.replace('line 10', 'ten'), 'app/theirs': 'y', 'app/same': 's\n' });
    expect(compareTrees(mine, theirs, ['app/theirs', 'app/a', 'app/same', 'app/none']))
      .toMatchInlineSnapshot(`
      "--- /dev/null
      +++ b/app/theirs
      @@ -0,0 +1,1 @@
      +y
      \\ No newline at end of file
      --- a/app/a
      +++ b/app/a
      @@ -7,4 +7,4 @@
       line 7
       line 8
       line 9
      -line 10
      +ten
      "
    `);
  });

  test('only says of what is no text that it differs', () => {
    const [mine, theirs] = [
      new Map([['app/a', Buffer.from([0])]]),
      new Map([['app/a', Buffer.from([1, 0xff])]]),
    ];
    expect(compareTrees(mine, theirs, ['app/a'])).toBe('Binary files a/app/a and b/app/a differ\n');
  });
});

const ALL = ['app/a', 'app/b', 'app/c'];
