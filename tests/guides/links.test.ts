import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMarkdown } from '../../docs/markdown/markdown.ts';
import { PLAIN } from '../docs/markdown-fixture.ts';
import { proseOf } from './blocks.ts';
import { everyText, ROOT, shippedFiles, type Text } from './texts.ts';

const shipped = await shippedFiles();
const markdown = createMarkdown({
  readSource: async (path) => shipped(path),
  loadHighlighter: async () => PLAIN,
});
const slugs = readdirSync(join(ROOT, 'steps')).map((name) => name.replace(/^\d+-/, ''));
const names = new Set(
  folders()
    .flatMap(filesBelow)
    .map((path) => basename(path)),
);

describe.each(everyText())('$path', (text) => {
  test('links to what is there', async () => {
    const { body, links } = await markdown.render(text.markdown);
    const ids = new Set([...body.markup.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
    expect(links.filter((link) => !leadsSomewhere(link, text, ids))).toEqual([]);
  });

  test('names files that are there', () => {
    const spans = [...proseOf(text.markdown).matchAll(/`([^`\s]+)`/g)].map(([, span = '']) => span);
    expect(spans.filter((span) => !isThere(span))).toEqual([]);
  });
});

test('what leads nowhere is found', () => {
  const page: Text = { path: 'steps/07-sql-injection/guide.md', markdown: '' };
  const ids = new Set(['see-it-hurt']);
  const good = [
    '#see-it-hurt',
    '/steps/comments',
    'hints.md',
    'https://example.org/a#b',
    'http://localhost:8000/patients/12',
  ];
  expect(good.filter((link) => !leadsSomewhere(link, page, ids))).toEqual([]);
  const bad = [
    '#gone',
    '/steps/gone',
    'gone.md',
    'http://example.org',
    'https://example',
    'https://exa mple.org',
  ];
  expect(bad.filter((link) => leadsSomewhere(link, page, ids))).toEqual([]);
  expect(isThere('app/src/views/gone.ts')).toBe(false);
  expect(isThere('gone.ts')).toBe(false);
});

/** Pages elsewhere are looked at for their form only: a test needs no network. */
function leadsSomewhere(link: string, { path }: Text, ids: ReadonlySet<string>): boolean {
  if (link.startsWith('#')) return ids.has(decodeURIComponent(link.slice(1)));
  if (link.startsWith('/')) return isPage(link);
  if (!/^[a-z]+:/.test(link)) return existsSync(join(ROOT, posix.join(dirname(path), link)));
  if (!URL.canParse(link) || /[\s\\]/.test(decodeURI(link))) return false;
  const { protocol, hostname, origin } = new URL(link);
  return OURS.has(origin) || (protocol === 'https:' && /^[\w-]+(\.[\w-]+)+$/.test(hostname));
}

function isPage(address: string): boolean {
  const [, room = '', slug = ''] = address.split('/');
  return room === 'steps' ? slugs.includes(slug) : PAGES.includes(room);
}

/** A word between backticks that looks like a file: a path from the root or from `app/`, or the bare name of a file. */
function isThere(span: string): boolean {
  const path = span.replace(/[/]$/, '');
  if (MADE_LATER.some((later) => later.test(path)) || !FILE.test(path) || /[*…]|NN|slug/.test(path))
    return true;
  const first = path.split('/')[0] ?? '';
  if (existsSync(join(ROOT, path))) return true;
  if (!path.includes('/')) return names.has(path);
  return !folders().includes(first) && existsSync(join(ROOT, 'app', path));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => entry.name);
}

function folders(): readonly string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|node_modules/.test(entry.name))
    .map((entry) => entry.name);
}

const FILE =
  /^[\w.@*…-]+(?:\/[\w.@*…-]+)*\.(?:ts|js|json|md|sql|yml|css|patch|mjs)$|^(?:app|steps|docs|tests|fixtures|scripts|model|store|database|clinic|harness|runner)\/\S*$/;
const OURS: ReadonlySet<string> = new Set(['http://localhost:8000', 'http://localhost:4000']);
const PAGES = ['facilitator', 'glossary', 'search', 'report', 'keyboard'];
/** Files that a learner, a build or the workshop makes, or could have made. */
const MADE_LATER = [
  /^\.workshop/,
  /\.dockerignore$/,
  /npm-shrinkwrap\.json$/,
  /\.wh\.\.secrets$/,
  /900_many\.sql$/,
  /00\d_.*\.sql$/,
  /^dist\b/,
  /^node_modules/,
];
