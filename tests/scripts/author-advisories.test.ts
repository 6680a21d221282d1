import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AdvisorySnapshot } from '../../harness/packages/advisories.ts';
import { readKnownPackages } from '../../harness/packages/known.ts';
import { SAMPLE_FILES } from './sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
beforeEach(() => rm(join(workshop.root, 'osv'), { recursive: true, force: true, maxRetries: 5 }));
afterAll(() => workshop.remove());

const listed = async () =>
  JSON.parse(await readFile(join(workshop.root, 'fixtures', 'advisories.json'), 'utf8')) as AdvisorySnapshot;
const refresh = async (records: Readonly<Record<string, unknown>>) => {
  for (const [name, record] of Object.entries(records))
    await workshop.write(`osv/${name}.json`, typeof record === 'string' ? record : JSON.stringify(record));
  return workshop.cli('author', 'advisories', join(workshop.root, 'osv'));
};

test('the list is refreshed from an export, without a network', async () => {
  const before = await listed();
  const [taken, kept] = before.advisories;
  const { code, out } = await refresh({
    'GHSA-new': record('GHSA-new', 'express', [{ introduced: '5.0.0' }, { fixed: '5.2.0' }]),
    'GHSA-two': {
      ...record('GHSA-two', 'qs', [{ introduced: '0' }, { last_affected: '6.5.1' }]),
      aliases: ['CVE-2026-0001'],
      database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-400'] },
    },
    taken: {
      ...record(taken?.id ?? '', taken?.package ?? '', [{ introduced: '0' }, { fixed: '9.0.0' }]),
      withdrawn: '2026-11-01T00:00:00Z',
    },
    'GHSA-endless': record('GHSA-endless', 'pg', [{ introduced: '8.0.0' }]),
    'GHSA-other': record('GHSA-other', 'left-pad', [{ introduced: '0' }, { fixed: '1.0.0' }]),
    'PYSEC-1': {
      ...record('PYSEC-1', 'express', [{ introduced: '0' }, { fixed: '99.0.0' }]),
      affected: [{ package: { ecosystem: 'PyPI', name: 'express' } }],
    },
    'MAL-1': record('MAL-1', 'express', [{ introduced: '0' }, { fixed: '99.0.0' }]),
  });
  expect(code).toBe(0);
  expect(out).toContain(`${before.advisories.length + 1} advisories, before ${before.advisories.length}`);
  expect(out).toContain('no version is said to be the last: GHSA-endless');

  const now = await listed();
  const of = (id: string) => now.advisories.find((one) => one.id === id);
  expect(of('GHSA-new')).toMatchObject({
    package: 'express',
    range: '>=5.0.0 <5.2.0',
    fixed: '5.2.0',
    severity: 'moderate',
  });
  expect(of('GHSA-two')).toEqual({
    id: 'GHSA-two',
    aliases: ['CVE-2026-0001'],
    package: 'qs',
    range: '<=6.5.1',
    fixed: null,
    severity: 'critical',
    summary: 'What it is',
    source: 'https://osv.dev/vulnerability/GHSA-two',
  });
  expect(of(taken?.id ?? '')).toBeUndefined();
  expect(of(kept?.id ?? '')).toEqual(kept);
  expect(now.date).toBe(new Date().toISOString().slice(0, 10));
  expect(now.advisories.filter(({ range }) => semver.intersects(range, '>=999.0.0'))).toEqual([]);
});

test.each([
  ['what is no record', { bad: '{ "id": 7 }' }, 'is no record of OSV'],
  ['what is no JSON', { bad: '{' }, 'is no record of OSV'],
  ['a folder without an export', { 'read-me.txt': '' }, 'cannot be read'],
])('%s is said, and the list stays as it was', async (title, records, words) => {
  const before = await listed();
  const { code, err } = title.startsWith('a folder')
    ? await workshop.cli('author', 'advisories', join(workshop.root, 'nowhere'))
    : await refresh(records);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(await listed()).toEqual(before);
});

test('where a flaw was mended, the newest version that the workshop knows is refused by no advisory', async () => {
  const { advisories } = await listed();
  const versions = Object.keys(readKnownPackages().packages).map((id) => id.split(/(?<=.)@/));
  const newest = new Map<string, string>();
  for (const [name = '', version = ''] of versions)
    if (semver.gt(version, newest.get(name) ?? '0.0.0')) newest.set(name, version);
  const refused = advisories.filter(({ package: name, range, fixed }) => {
    const version = newest.get(name);
    return fixed !== null && version !== undefined && semver.satisfies(version, range);
  });
  expect(refused.map(({ id, package: name }) => `${id} ${name}`)).toEqual([]);
});

/** As OSV's export for npm writes one, with fields that nobody here reads. */
const record = (id: string, name: string, events: readonly object[]) => ({
  schema_version: '1.7.0',
  id,
  modified: '2026-11-20T10:00:00Z',
  published: '2026-11-19T10:00:00Z',
  summary: 'What it is',
  details: 'At length.',
  affected: [
    { package: { ecosystem: 'npm', name, purl: `pkg:npm/${name}` }, ranges: [{ type: 'SEMVER', events }] },
  ],
  references: [{ type: 'ADVISORY', url: 'https://example.org/' }],
});
