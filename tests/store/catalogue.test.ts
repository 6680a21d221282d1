import { describe, expect, test } from 'vitest';
import { findStep, loadCatalogue } from '../../store/catalogue.ts';
import { loadStepContent } from '../../store/step-content.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

const INJECTION = {
  slug: 'sql-injection',
  title: 'SQL injection',
  summary: 'A search builds its SQL from text.',
  minutes: 30,
  files: ['app/src/search.ts'],
  judged: true,
  checks: [{ id: 'search-is-safe', title: 'Search is safe' }],
  needs: 'database',
};
const COMMENTS = { ...INJECTION, slug: 'comments', title: 'Comments', after: [] };

async function workshop(steps: Readonly<Record<string, unknown>>): Promise<string> {
  const files = Object.entries(steps).map(([folder, json]) => [
    `steps/${folder}/step.json`,
    typeof json === 'string' ? json : JSON.stringify(json),
  ]);
  return temporaryFolder({ 'steps/baseline.json': '{"files":{}}', ...Object.fromEntries(files) });
}

describe('the catalogue', () => {
  test('holds the steps by number, whatever the order of their folders', async () => {
    const root = await workshop({ '07-sql-injection': INJECTION, '04-comments': COMMENTS });
    const steps = await loadCatalogue(root);
    expect(steps.map((step) => [step.number, step.slug])).toEqual([
      [4, 'comments'],
      [7, 'sql-injection'],
    ]);
    expect(steps[0]?.directory).toBe(`${root}/steps/04-comments`);
  });

  test('says file, field, what was expected and what was found', async () => {
    const root = await workshop({
      '07-sql-injection': {
        ...INJECTION,
        minutes: 'thirty',
        checks: [{ id: 'A b' }],
        needs: 'nuthing',
        files: [],
        hint: 1,
      },
    });
    expect(await refusal(() => loadCatalogue(root))).toMatchInlineSnapshot(`
      "STEP_INVALID
      steps/07-sql-injection/step.json is not as it should be:
        minutes: expected a number, found "thirty"
        files: expected at least 1 entry, found []
        checks[0].id: expected small letters and digits, in words joined by "-", found "A b"
        checks[0].title: expected text in quotes, found nothing
        needs: expected "nothing" or "database" or "server", found "nuthing"
        the whole file: unknown field "hint"
      > Correct that file, then run \`npm run author verify\`."
    `);
  });

  test('takes a page of the clinic, or none, and no address elsewhere', async () => {
    const pathOf = async (clinicPath: unknown) => {
      const root = await workshop({ '04-comments': { ...COMMENTS, clinicPath } });
      return (await loadCatalogue(root))[0]?.clinicPath;
    };
    expect(await pathOf('/patients/search?name=O%27Brien')).toBe('/patients/search?name=O%27Brien');
    expect([await pathOf(null), await pathOf(undefined)]).toEqual([null, null]);
    for (const path of ['//other.example', 'https://other.example', 'patients', '/a b', '/\\other.example']) {
      const root = await workshop({ '04-comments': { ...COMMENTS, clinicPath: path } });
      expect(await refusal(() => loadCatalogue(root)), path).toContain(
        `clinicPath: expected a page of the clinic from its "/" on, as "/patients/search", or null, found ${JSON.stringify(path)}`,
      );
    }
  });

  test('says where a file is no JSON', async () => {
    const root = await workshop({ '07-sql-injection': '{"slug": }' });
    expect(await refusal(() => loadCatalogue(root))).toMatch(
      /^STEP_INVALID\nsteps\/07-sql-injection\/step.json was to be JSON and is not: /,
    );
  });

  test('refuses a slug that is not its folder', async () => {
    const root = await workshop({ '07-sql-injection': COMMENTS });
    expect(await refusal(() => loadCatalogue(root))).toMatchInlineSnapshot(`
      "STEP_INVALID
      steps/07-sql-injection/step.json is not as it should be:
        slug: expected "sql-injection" as its folder is named, found "comments"
      > Correct that file, then run \`npm run author verify\`."
    `);
  });

  test('refuses a folder that is named otherwise', async () => {
    const root = await workshop({ 'sql-injection': INJECTION });
    expect(await refusal(() => loadCatalogue(root))).toMatchInlineSnapshot(`
      "STEP_INVALID
      steps/sql-injection: expected a folder named NN-slug, as 07-sql-injection, found "sql-injection"
      > Correct that file, then run \`npm run author verify\`."
    `);
  });

  test('refuses a number or a slug that two folders have', async () => {
    const number = await workshop({ '07-sql-injection': INJECTION, '07-comments': COMMENTS });
    expect(await refusal(() => loadCatalogue(number))).toContain('found the number 7 twice');
    const slug = await workshop({ '07-comments': COMMENTS, '08-comments': COMMENTS });
    expect(await refusal(() => loadCatalogue(slug))).toContain('found the slug "comments" twice');
  });

  test('refuses a judged step without checks, and a check listed twice', async () => {
    const none = await workshop({ '04-comments': { ...COMMENTS, checks: [] } });
    expect(await refusal(() => loadCatalogue(none))).toContain(
      'checks: expected at least one, because judged is true, found 0',
    );
    const twice = await workshop({
      '04-comments': { ...COMMENTS, checks: [...COMMENTS.checks, ...COMMENTS.checks] },
    });
    expect(await refusal(() => loadCatalogue(twice))).toContain(
      'expected each id once, found "search-is-safe" twice',
    );
  });

  test('refuses a predecessor that is unknown or later, and names the nearest', async () => {
    const root = await workshop({
      '04-comments': COMMENTS,
      '07-sql-injection': { ...INJECTION, after: ['coments'] },
    });
    expect(await refusal(() => loadCatalogue(root))).toMatchInlineSnapshot(`
      "STEP_INVALID
      steps/07-sql-injection/step.json is not as it should be:
        after: expected the slug of a step before number 7, found "coments" (did you mean "comments"?)
      > Correct that file, then run \`npm run author verify\`."
    `);
    const later = await workshop({
      '04-comments': { ...COMMENTS, after: ['sql-injection'] },
      '07-sql-injection': INJECTION,
    });
    expect(await refusal(() => loadCatalogue(later))).toContain('found step 7');
  });

  test('says so when there is no steps folder', async () => {
    const root = await temporaryFolder();
    expect(await refusal(() => loadCatalogue(root))).toMatchInlineSnapshot(`
      "STEPS_MISSING
      The folder steps/ was to be read and could not be.
      > Run the command in the folder of the workshop (the one with package.json)."
    `);
  });
});

describe('a step asked for', () => {
  test('is found by number and by slug', async () => {
    const steps = await loadCatalogue(
      await workshop({ '07-sql-injection': INJECTION, '04-comments': COMMENTS }),
    );
    expect(['7', '07', ' 7 ', 'sql-injection'].map((wanted) => findStep(steps, wanted).number)).toEqual([
      7, 7, 7, 7,
    ]);
  });

  test('and not there is answered with the nearest, or with all numbers', async () => {
    const steps = await loadCatalogue(
      await workshop({ '07-sql-injection': INJECTION, '04-comments': COMMENTS }),
    );
    expect(await refusal(() => findStep(steps, 'sql-injektion'))).toMatchInlineSnapshot(`
      "STEP_UNKNOWN
      Step "sql-injektion" was asked for, and there is none. Did you mean "sql-injection"?
      > Run \`npm run list\` to see the steps, and name one by its number or its slug."
    `);
    expect(await refusal(() => findStep(steps, '5'))).toMatchInlineSnapshot(`
      "STEP_UNKNOWN
      Step 5 was asked for, and there is none. There are: 4, 7.
      > Run \`npm run list\` to see the steps, and name one by its number or its slug."
    `);
    expect(await refusal(() => findStep(steps, 'injection'))).toContain('Did you mean "sql-injection"?');
    expect(await refusal(() => findStep(steps, 'docker'))).not.toContain('Did you mean');
  });
});

describe("a step's texts", () => {
  test('split the hints at their headings, and not inside code', async () => {
    const root = await workshop({ '04-comments': COMMENTS });
    const folder = 'steps/04-comments';
    const hints = 'intro\n\n## One\r\nlook\n\n```md\n## no heading\n```\n\n## Two\nlook again\n';

    await writeFiles(root, {
      [`${folder}/guide.md`]: '# G',
      [`${folder}/hints.md`]: hints,
      [`${folder}/discussion.md`]: 'D',
    });
    const [step] = await loadCatalogue(root);
    if (step === undefined) throw new Error('no step');
    const content = await loadStepContent(step);
    expect(content.guide).toBe('# G');
    expect(content.hints).toEqual(['## One\nlook\n\n```md\n## no heading\n```', '## Two\nlook again']);
  });

  test('that are missing are named', async () => {
    const [step] = await loadCatalogue(await workshop({ '04-comments': COMMENTS }));
    if (step === undefined) throw new Error('no step');
    expect(await refusal(() => loadStepContent(step))).toMatch(
      /^STEP_TEXT_MISSING\nsteps\/04-comments\/\w+\.md was to be read/,
    );
  });
});
