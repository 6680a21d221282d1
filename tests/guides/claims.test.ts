import { describe, expect, test } from 'vitest';
import { regionOf } from '../../docs/markdown/region.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { ROOT, shippedFiles, textAt } from './texts.ts';

/** Figures that the guides state, counted in the clinic as it was shipped. */
const shipped = await shippedFiles();
const guide = (folder: string) => textAt(`steps/${folder}/guide.md`).markdown.replace(/\s+/g, ' ');

test('step 2: the three that nobody uses bring more than half of what is installed for the running clinic', () => {
  const { packages } = JSON.parse(shipped('app/package-lock.json')) as { packages: Packages };
  const running = Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true);
  const used = reach(packages, ['express', 'pg']);
  expect(guide('02-dependency-versions')).toContain('are most of what is installed for the running clinic');
  expect(running.length - used.size).toBeGreaterThan(running.length / 2);
});

describe('step 3', () => {
  test('a single note is shown by three functions, and held by two names', () => {
    const both = shipped('app/src/views/notes.ts') + shipped('app/src/views/patients.ts');
    for (const name of ['note_detail', 'Note_Item', 'note_item', 'theNote', 'the_note'])
      expect(both).toMatch(new RegExp(`\\b${name}\\b`));
    expect(both).not.toContain('allNotes');
    expect(both).toContain('all_notes');
  });
});

test('step 4: ten blocks of comment repeat, and three give a reason', () => {
  const blocks = shipped('app/src/views/notes.ts').match(/(?:^\/\/.*\n)+/gm) ?? [];
  expect(blocks.filter((block) => block.startsWith('// This function'))).toHaveLength(10);
  expect(blocks.filter((block) => !block.startsWith('// This function'))).toHaveLength(3);
  expect(guide('04-comments')).toContain('None of the ten repeating comments');
});

test('step 6: thirteen queries with three facilities, 913 with three hundred more, and a facility six times', () => {
  const file = 'app/src/views/facilities.ts';
  const list = regionOf(shipped(file), 'facilityList', file);
  const [before = '', inside = ''] = list.split('for (const facility of facilities)');
  const queries = (facilities: number) =>
    count(before, 'pool.query(') + facilities * count(inside, 'pool.query(');
  expect(queries(3)).toBe(13);
  expect(queries(303)).toBe(913);
  expect(guide('06-redundant-queries')).toMatch(/asks the database thirteen things[^]*913 queries/);

  const page = regionOf(shipped(file), 'facilityDetail', file);
  expect(count(page, "'SELECT * FROM facilities WHERE id = $1'")).toBe(6);
  expect(guide('06-redundant-queries')).toContain('is fetched six times');
});

test('step 8: sixty kilobytes of TypeScript, four network tools, an editor and git, and no ignore file', async () => {
  const files = await (await openWorkspace({ root: ROOT })).baseline();
  const code = [...files].filter(([path]) => path.startsWith('app/src/'));
  const kilobytes = code.reduce((sum, [, bytes]) => sum + bytes.length, 0) / 1000;
  expect(Math.round(kilobytes / 10) * 10).toBe(60);
  const tools = ['curl', 'wget', 'net-tools', 'iputils-ping', 'vim', 'git', 'npm'];
  for (const tool of tools) expect(shipped('app/Dockerfile')).toMatch(new RegExp(`^ +${tool}\\b`, 'm'));
  expect(files.has('app/.dockerignore')).toBe(false);
});

test('step 9: five comments mark sections, and only the end of the function says what b and c are', () => {
  const file = 'app/src/views/reports.ts';
  const report = regionOf(shipped(file), 'facilityReport', file);
  expect(count(report, '// SECTION ')).toBe(5);
  const end = report.slice(-300);
  for (const text of ['max_age: b', 'min_age: c']) {
    expect(end).toContain(text);
    expect(count(report, text)).toBe(1);
  }
});

test('step 10: the file with the keys is copied, printed and deleted, and compose gives the clinic no key', () => {
  const dockerfile = shipped('app/Dockerfile');
  for (const line of ['COPY .secrets', 'RUN cat /app/.secrets', 'RUN rm -f /app/.secrets'])
    expect(dockerfile).toContain(line);
  expect(regionOf(shipped('app/docker-compose.yml'), 'clinic', 'app/docker-compose.yml')).not.toMatch(
    /TOKEN|KEY|secrets/,
  );
});

type Packages = Readonly<
  Record<string, { readonly dev?: boolean; readonly dependencies?: Readonly<Record<string, string>> }>
>;

/** What these packages need, by the rules by which Node looks them up. */
function reach(packages: Packages, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (from: string, name: string) => {
    const path = placeOf(packages, from, name);
    if (path === null || found.has(path)) return;
    found.add(path);
    for (const needed of Object.keys(packages[path]?.dependencies ?? {})) visit(path, needed);
  };
  for (const name of names) visit('', name);
  return found;
}

function placeOf(packages: Packages, from: string, name: string): string | null {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (path in packages) return path;
  if (from === '') return null;
  return placeOf(packages, from.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), name);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
