import { describe, expect, test } from 'vitest';
import { fold } from '../../docs/search/fold.ts';
import { excerpt, markWords } from '../../docs/search/mark-words.ts';
import { createSearchIndex } from '../../docs/search/search.ts';
import { openGuide, type OpenGuide, words } from './guide-fixture.ts';
import { recordRun } from './sample-runs.ts';

const entry = (title: string, text = '', page = 'Page') => ({ href: '/', page, title, text, whole: false });

async function titles({ ask }: OpenGuide, query: string): Promise<string[]> {
  const { page } = await ask(`/search/results?q=${encodeURIComponent(query)}`);
  return page.querySelectorAll('.result').map((one) => words(one.querySelector('.result-title')));
}

describe('what is compared', () => {
  test('has no accents, no capitals and plain quotes', () => {
    expect(fold('Jürgen Groß’s ÉTÉ, Øre')).toBe("jurgen gross's ete, ore");
  });

  test('is lit in the original, however long its letters are', () => {
    expect(markWords('Große Straße', ['strasse', 'gross']).toString()).toBe(
      '<mark>Groß</mark>e <mark>Straße</mark>',
    );
    expect(markWords('🙂 e\u0301te\u0301', ['ete']).toString()).toContain('🙂 <mark>e\u0301te');
  });

  test('that overlaps is lit once', () => {
    expect(markWords('parameters', ['para', 'rame', 'ters']).toString()).toBe('<mark>parameters</mark>');
  });

  test('is shown around the first word, cut between words', () => {
    const text = `${'before '.repeat(60)}needle ${'after '.repeat(60)}`;
    const shown = excerpt(text, ['needle']);
    expect(shown).toMatch(/^… before .*needle after .*after …$/);
    expect(shown.length).toBeLessThan(160);
    expect(excerpt('short', ['x'])).toBe('short');
    expect(excerpt('x'.repeat(300), ['x'])).toHaveLength(152);
  });
});

describe('an index', () => {
  const find = (query: string, ...entries: ReturnType<typeof entry>[]) =>
    createSearchIndex(entries).find(query);

  test('puts headings before text, and whole words before parts', () => {
    const found = find(
      'order',
      entry('Borders'),
      entry('A', 'in order'),
      entry('Order by a list'),
      entry('Order'),
    );
    expect(found.entries.map(({ title }) => title)).toEqual(['Order', 'Order by a list', 'A', 'Borders']);
  });

  test('asks for every word, in any place', () => {
    const found = find('list order', entry('Order', 'from a list'), entry('Order', 'by hand'));
    expect(found.entries.map(({ text }) => text)).toEqual(['from a list']);
  });

  test('takes a word that is nowhere for the nearest, and says so', () => {
    const found = find('injektion', entry('Injection'), entry('Ejection seats'));
    expect([found.entries[0]?.title, found.meant]).toEqual(['Injection', 'injection']);
    expect(find('qwertyuiop', entry('Injection'))).toEqual({
      entries: [],
      terms: ['qwertyuiop'],
      meant: null,
    });
    expect(find('xyz', entry('xya')).entries).toEqual([]);
  });

  test('finds nothing for nothing', () => {
    for (const query of ['', '  ', '“”']) expect(find(query, entry('A')).entries).toEqual([]);
  });
});

describe('the search', () => {
  test('is a page without JavaScript, and the same results as a fragment', async () => {
    const { ask } = await openGuide();
    const { status, page } = await ask('/search?q=Parameter');
    expect(status).toBe(200);
    expect(page.querySelector('input[name="q"]')?.getAttribute('value')).toBe('Parameter');
    expect(page.querySelector('form[role="search"]')?.getAttribute('action')).toBe('/search');
    const fragment = await ask('/search/results?q=Parameter');
    expect(words(page.querySelector('.results'))).toBe(words(fragment.page.querySelector('.results')));
    expect(words(page.querySelector('.result-title'))).toBe('Parameter');
    expect(page.querySelector('.result a')?.getAttribute('href')).toBe('/glossary#term-parameter');
  });

  test('finds steps, guides, the glossary and the page for facilitators', async () => {
    const open = await openGuide();
    expect(await titles(open, 'sql injection')).toContain('SQL injection');
    expect(await titles(open, 'see it hurt')).toEqual(['See it hurt']);
    expect(await titles(open, 'jurgans')).toEqual(['Parameter']);
    expect(await titles(open, 'JURGEN’S')).toEqual(['Parameter']);
    expect(await titles(open, 'logging')).toEqual(['No logging']);
    expect(await titles(open, '45 minutes')).toContain('45 minutes');
  });

  test('gives no fix away before its step has passed', async () => {
    const open = await openGuide();
    const spoilers = ['names come from a list', 'apostrophe', 'Look at the shape', 'somebody doubles'];
    for (const spoiler of spoilers) expect(await titles(open, spoiler), spoiler).toEqual([]);
    open.workshop.record({ slug: 'sql-injection', type: 'hint.revealed', hint: 1 });
    expect(await titles(open, 'Look at the shape')).toEqual(['Look at the shape']);
    expect(await titles(open, 'person who searches write')).toEqual([]);
    recordRun(open.workshop, '1');
    expect(await titles(open, 'names come from a list')).toEqual(['A senior engineer']);
    expect(await titles(open, 'apostrophe')).toEqual(['Say']);
    expect(await titles(open, 'It has the same flaw in a second place')).toEqual([]);
  });

  test('leads to anchors that are there', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1');
    const { page } = await open.ask('/search/results?q=a');
    const links = page.querySelectorAll('.result a').map((link) => link.getAttribute('href') ?? '');
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) {
      const [path = '', id] = link.split('#');
      const target = await open.ask(path);
      expect(target.status, link).toBe(200);
      if (id !== undefined) expect(target.page.getElementById(decodeURIComponent(id)), link).not.toBeNull();
    }
  });

  test('cannot write markup into a page, and takes any text', async () => {
    const { ask } = await openGuide();
    for (const query of [
      '<script>alert(1)</script>',
      '"onfocus="alert(1)',
      '(?:a+)+$',
      '\u202e\u0000',
      'é'.repeat(1000),
    ]) {
      for (const path of ['/search', '/search/results']) {
        const { status, body, page } = await ask(`${path}?q=${encodeURIComponent(query)}`);
        expect(status).toBe(200);
        expect(body).not.toContain('<script>alert');
        expect(page.querySelector('[onfocus]')).toBeNull();
      }
    }
    expect((await ask('/search?q=a&q=b')).status).toBe(200);
    expect((await ask('/search?q[x]=a')).status).toBe(200);
  });

  test('says what was taken for what, and what can’t be found yet', async () => {
    const { ask } = await openGuide();
    expect(words((await ask('/search?q=injektion')).page.querySelector('.search-results'))).toContain(
      'Nothing has “injektion”. For “injection”:',
    );
    expect(words((await ask('/search?q=qwertyuiop')).page.querySelector('.search-results'))).toContain(
      'Nothing was found for “qwertyuiop”.',
    );
  });
});
