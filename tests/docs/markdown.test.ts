import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { html, markdown, page } from './markdown-fixture.ts';

describe('hostile text', () => {
  test.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '```ts\n<script>alert(1)</script>\n```',
    '```ts [<script>alert(1)</script>]\nx\n```',
    '::: tip <script>alert(1)</script>\nx\n:::',
    '# <script>alert(1)</script>',
    '::: code-group\n```ts ["><script>alert(1)</script>]\nx\n```\n:::',
    '| <script>alert(1)</script> |\n| --- |\n| <b>x</b> |',
    '```"><script>alert(1)</script>\n<b>\n```',
  ])('%j stays text', async (text) => {
    const body = await html(text);
    expect(body).not.toMatch(/<(script|img|b)\b/);
    expect(body).toContain('&lt;');
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,x)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x]: javascript:alert(1)\n\n[x]',
    '[x](//evil.example/)',
    '[x](&#106;avascript:alert(1))',
  ])('%j is refused by name', async (text) => {
    await expect(html(text)).rejects.toMatchObject({ code: 'LINK_REFUSED' });
  });

  test.each(['/steps/x', '#part', 'https://example.org/', 'mailto:a@example.org', '../x', 'page?a=b:c'])(
    'a link to %s is kept, and reported',
    async (address) => {
      const { body, links } = await markdown.render(`[x](${address})`);
      expect(body.markup).toContain(`href="${address}"`);
      expect(links).toEqual([address]);
    },
  );
});

describe('containers', () => {
  test('have a title of their own or the word for their kind', async () => {
    const root = await page('::: tip\nA\n:::\n\n::: warning Mind *this*\nB\n:::');
    expect(root.querySelectorAll('.notice-title').map((title) => title.textContent.trim())).toEqual([
      'Tip',
      'Mind *this*',
    ]);
    expect(root.querySelectorAll('.notice > div').map((body) => body.textContent.trim())).toEqual(['A', 'B']);
  });

  test('hold everything up to their end, code that looks like an end included', async () => {
    const root = await page('::: details More\n```\n:::\n```\n\n- x\n:::\n\nafter');
    expect(root.querySelector('details summary')?.textContent).toBe('More');
    expect(root.querySelector('details pre')?.textContent).toContain(':::');
    expect(root.querySelector('details')?.textContent).not.toContain('after');
  });

  test('nest with more colons outside, and stand in lists and quotes', async () => {
    expect(
      (await page(':::: info\n::: danger\nX\n:::\n::::')).querySelector(
        '[data-kind=info] [data-kind=danger]',
      ),
    ).not.toBeNull();
    expect((await page('- a\n\n  ::: tip\n  X\n  :::')).querySelector('li [data-kind=tip]')).not.toBeNull();
    expect((await page('> ::: tip\n> X\n> :::')).querySelector('blockquote [data-kind=tip]')).not.toBeNull();
    expect((await page('text\n::: tip\nX\n:::')).querySelectorAll('[data-kind=tip]')).toHaveLength(1);
  });

  test('that are unknown or never closed are said with their line', async () => {
    await expect(html('a\n\n::: tipp\nx\n:::')).rejects.toMatchObject({
      code: 'CONTAINER_UNKNOWN',
      message: 'Line 3 of a guide opens a container "tipp", which is unknown.',
      remedy: 'Use one of tip, info, warning, danger, details, code-group.',
    });
    await expect(html('::: tip\nx')).rejects.toMatchObject({ code: 'CONTAINER_ENDLESS' });
    await expect(html('::: code-group\n```ts [a]\nx\n```')).rejects.toMatchObject({
      code: 'CONTAINER_ENDLESS',
    });
  });
});

describe('typography', () => {
  test('quotes become round in text and stay straight in code, and nothing else is replaced', async () => {
    const root = await page('It\'s "so" -- (c) ... `it\'s "so"`');
    expect(root.querySelector('p')?.textContent).toBe('It’s “so” -- (c) ... it\'s "so"');
  });
});

describe('headings and tables', () => {
  test('headings get ids that are unique and keep other texts of a page apart', async () => {
    const root = parse((await markdown.render('## A `b` é!\n\n## A b é\n\n## !!', 'guide-')).body.markup);
    expect(root.querySelectorAll('h2').map((heading) => heading.id)).toEqual([
      'guide-a-b-é',
      'guide-a-b-é-2',
      'guide-section',
    ]);
    expect(root.querySelector('h2 a')?.attributes).toEqual({
      class: 'anchor',
      href: '#guide-a-b-é',
      'aria-label': 'Link to “A b é!”',
    });
  });

  test('a table scrolls by itself', async () => {
    const root = await page('| a |\n| --- |\n| b |');
    expect(root.querySelector('.table[tabindex="0"] > table')).not.toBeNull();
  });
});
