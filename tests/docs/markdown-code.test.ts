import { describe, expect, test } from 'vitest';
import { loadHighlighter, plainText } from '../../docs/markdown/highlighter.ts';
import { createMarkdown } from '../../docs/markdown/markdown.ts';
import { html, page, PLAIN } from './markdown-fixture.ts';

describe('code', () => {
  test('has its file in the caption, and scrolls with the keyboard', async () => {
    const root = await page('```ts [app/src/x.ts]\nx\n```');
    expect(root.querySelector('figcaption')?.textContent).toBe('app/src/x.ts');
    expect(root.querySelector('pre')?.attributes).toMatchObject({
      tabindex: '0',
      role: 'group',
      'aria-label': 'app/src/x.ts',
    });
  });

  test('marks added, removed and highlighted lines, in whatever comment the language has', async () => {
    const lines = [
      'a // [!code ++]',
      'b # [!code --]',
      'c -- [!code ++]',
      '<d> <!-- [!code --] -->',
      'e /* [!code highlight] */',
      'f',
      'g',
    ];
    const root = await page(`\`\`\`ts {6}\n${lines.join('\n')}\n\`\`\``);
    expect(
      root
        .querySelectorAll('.line')
        .map((line) => [line.rawTagName, line.classList.value.join(' '), line.textContent]),
    ).toEqual([
      ['ins', 'line added', 'a\n'],
      ['del', 'line removed', 'b\n'],
      ['ins', 'line added', 'c\n'],
      ['del', 'line removed', '<d>\n'],
      ['span', 'line highlighted', 'e\n'],
      ['span', 'line highlighted', 'f\n'],
      ['span', 'line', 'g\n'],
    ]);
  });

  test.each([
    ['{1}', [1]],
    ['{1,3}', [1, 3]],
    ['{2-3}', [2, 3]],
    ['{1,3-4} [title]', [1, 3, 4]],
    ['', []],
    ['{x}', []],
    ['{4-2}', []],
  ])('highlights %s', async (ranges, expected) => {
    const root = await page(`\`\`\`ts ${ranges}\na\nb\nc\nd\n\`\`\``);
    const found = root
      .querySelectorAll('.line')
      .flatMap((line, index) => (line.classList.contains('highlighted') ? [index + 1] : []));
    expect(found).toEqual(expected);
  });

  test('shows prompts that are not part of the text', async () => {
    const root = await page('```sh\n$ npm start\nlistening\n```');
    expect(
      root.querySelectorAll('.line').map((line) => [line.classList.contains('prompted'), line.textContent]),
    ).toEqual([
      [true, 'npm start\n'],
      [false, 'listening\n'],
    ]);
    expect((await page('```ts\n$ x\n```')).querySelector('.prompted')).toBeNull();
  });

  test('in a group is chosen by radio buttons with labels', async () => {
    const root = await page('::: code-group\n```ts [one]\n1\n```\n```ts [two]\n2\n```\n:::');
    const inputs = root.querySelectorAll('.code-group > input[type=radio]');
    expect(inputs.map((input) => input.hasAttribute('checked'))).toEqual([true, false]);
    expect(
      root
        .querySelectorAll('.code-group > label')
        .map((label) => [label.getAttribute('for'), label.textContent]),
    ).toEqual(inputs.map((input, index) => [input.id, ['one', 'two'][index]]));
    expect(root.querySelectorAll('.code-group > .panels > figure')).toHaveLength(2);
  });

  test.each(['', 'text', '```ts\nx\n```', Array(6).fill('```ts [a]\nx\n```').join('\n')])(
    'in a group of %j is refused',
    async (inside) => {
      await expect(html(`::: code-group\n${inside}\n:::`)).rejects.toMatchObject({
        code: 'CODE_GROUP_UNTITLED',
      });
    },
  );

  test('is highlighted by roles, never by colours, and an unknown language is plain', async () => {
    const highlighter = await loadHighlighter();
    const real = createMarkdown({ readSource: async () => '', loadHighlighter: async () => highlighter });
    const text = (await real.render('```ts\nconst a = "b"; // c\n```\n\n```klingon\nqapla\n```')).body.markup;
    highlighter.close();
    expect(text).toContain('<span class="code-keyword">const</span>');
    expect(text).toMatch(/<span class="code-string(-expression)?">&quot;b&quot;/);
    expect(text).toContain('<span class="line">qapla\n</span>');
    expect(text).not.toContain('style=');
  });

  test('loads no highlighter for a text without code', async () => {
    let loads = 0;
    const lazy = createMarkdown({
      readSource: async () => '',
      loadHighlighter: async () => {
        loads += 1;
        return PLAIN;
      },
    });
    await lazy.render('only `words`');
    expect(loads).toBe(0);
    await lazy.render('```ts\nx\n```');
    expect(loads).toBe(1);
  });
});

describe('a quoted file', () => {
  test('shows its region without the shared indent and without inner marks', async () => {
    const root = await page('<<< app/src/x.ts#inner {1}');
    expect(root.querySelector('figcaption')?.textContent).toBe('app/src/x.ts');
    expect(root.querySelector('code')?.textContent).toBe('const one = 1;\n  const two = 2;\n');
    expect(root.querySelectorAll('.highlighted')).toHaveLength(1);
    expect((await page('<<< app/x.sql#table [the table]')).querySelector('figcaption')?.textContent).toBe(
      'the table',
    );
    expect((await page('<<< app/x.sql')).querySelector('code')?.textContent).toContain('CREATE TABLE t ();');
  });

  test('whose region is gone fails, and says which regions there are', async () => {
    await expect(html('<<< app/src/x.ts#gone')).rejects.toMatchObject({
      code: 'REGION_MISSING',
      message:
        'A guide quotes "gone" of app/src/x.ts, which declares no such name, and the file has inner, deeper, endless.',
      remedy: 'Correct the name in the guide, or put "#region gone" and "#endregion gone" into app/src/x.ts.',
    });
    await expect(html('<<< app/src/x.ts#endless')).rejects.toMatchObject({ code: 'REGION_ENDLESS' });
  });

  test.each(['../secret', '/etc/passwd', 'app/../../x', 'app\\x'])('%s is refused', async (path) => {
    await expect(html(`<<< ${path}`)).rejects.toMatchObject({ code: 'INCLUDE_OUTSIDE' });
  });

  test('is looked at anew each time, and the rest of the page is not rendered again', async () => {
    let source = 'const a = 1;';
    let renders = 0;
    const counting = createMarkdown({
      readSource: async () => source,
      loadHighlighter: async () => ({
        ...PLAIN,
        highlight: (code, language) => {
          renders += 1;
          return plainText(code, language);
        },
      }),
    });
    const render = async () => (await counting.render('<<< app/src/x.ts')).body.markup;
    const first = await render();
    expect(await render()).toBe(first);
    expect(renders).toBe(1);
    source = 'const a = 2;';
    expect(await render()).toContain('const a = 2;');
    expect(renders).toBe(2);
  });
});
