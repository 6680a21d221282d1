import { describe, expect, test } from 'vitest';
import { clinicAddress } from '../../docs/server/clinic-address.ts';
import { openGuide, words } from './guide-fixture.ts';
import { recordRun } from './sample-runs.ts';
import { sampleContent, sampleSteps } from './sample-steps.ts';

describe('the pages for facilitators', () => {
  test('begin with a warning, link the notes of every step, and list what they hold', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/facilitator');
    expect(words(page.querySelector('.spoiler'))).toContain('Gives answers away.');
    expect(page.querySelectorAll('.note-list a').map((link) => link.getAttribute('href'))).toEqual(
      sampleSteps().map(({ slug }) => `/facilitator/${slug}`),
    );
    expect(page.querySelectorAll('.contents a').map((link) => link.getAttribute('href'))).toEqual([
      '#facilitator-45-minutes',
      '#facilitator-what-is-missing-from-this-project',
    ]);
    expect(page.querySelectorAll('h1')).toHaveLength(1);
    expect(page.querySelector('.site-footer a[href="/facilitator"]')).not.toBeNull();
  });

  test('say for a step what to say and ask, and what three levels would say', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/facilitator/sql-injection');
    expect(page.querySelectorAll('.note > h2').map(words)).toEqual(['Say', 'Ask', 'Watch for', 'Timing']);
    expect(words(page.querySelector('.note'))).toContain('Ask who has met an apostrophe');
    expect(page.querySelectorAll('.rubric h3').map(words)).toEqual(['Junior', 'Mid-level', 'Senior']);
    expect(words(page.querySelectorAll('.rubric-level')[2] ?? null)).toContain('Values travel as parameters');
  });

  test('are found by number too', async () => {
    const { ask } = await openGuide();
    const { status, headers } = await ask('/facilitator/07');
    expect([status, headers.location]).toEqual([302, '/facilitator/sql-injection']);
  });

  test('say so kindly when nobody has written them', async () => {
    const { ask } = await openGuide({ texts: { glossary: null, facilitator: null } });
    expect(words((await ask('/facilitator')).page.querySelector('main'))).toContain('is not written yet');
    expect((await ask('/facilitator')).page.querySelectorAll('.note-list a')).toHaveLength(5);
    expect(words((await ask('/glossary')).page.querySelector('main'))).toContain('No words were explained');
    const { status, page } = await ask('/facilitator/data-modeling');
    expect(status).toBe(200);
    expect(words(page.querySelector('main'))).toContain(
      'What to say and ask at this step is not written yet.',
    );
  });

  test('name the section that is missing, and keep the rubric', async () => {
    const { ask } = await openGuide({
      content: (step) => ({ ...sampleContent(step), facilitator: '## Say\n\nOne.\n' }),
    });
    const { page } = await ask('/facilitator/sql-injection');
    expect(words(page.querySelector('[role="alert"]'))).toContain(
      'facilitator.md is not as it should be: expected the sections "## Say", "## Ask", "## Watch for", "## Timing", in this order, found "## Say".',
    );
    expect(page.querySelectorAll('.rubric-level')).toHaveLength(3);
  });
});

describe('the glossary', () => {
  test('has an anchor for each word, and a list of them', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/glossary');
    expect(page.querySelectorAll('.glossary > h2').map((heading) => heading.id)).toEqual([
      'term-allow-list',
      'term-parameter',
      'term-verdict',
    ]);
    expect(page.querySelectorAll('.contents a').map(words)).toEqual(['Allow-list', 'Parameter', 'Verdict']);
  });
});

describe('the clinic beside a step', () => {
  const steps = sampleSteps().map((step) =>
    step.slug === 'sql-injection' ? { ...step, clinicPath: '/patients/search' } : step,
  );

  test('is a link and a closed pane at the page where the flaw hurts', async () => {
    const { ask } = await openGuide({ steps });
    const { page } = await ask('/steps/sql-injection');
    const link = page.querySelector('.beside > a');
    expect(link?.getAttribute('href')).toBe('http://127.0.0.1:8000/patients/search');
    expect(link?.getAttribute('target')).toBe('clinic');
    const frame = page.querySelector('details.pane:not([open]) iframe');
    expect(frame?.attributes).toMatchObject({
      src: 'http://127.0.0.1:8000/patients/search',
      loading: 'lazy',
      sandbox: 'allow-same-origin allow-forms allow-downloads',
      referrerpolicy: 'no-referrer',
      title: 'The clinic: SQL injection',
    });
  });

  test('is not there where no page shows the flaw', async () => {
    const { ask } = await openGuide({ steps });
    expect((await ask('/steps/data-modeling')).page.querySelector('.beside, iframe')).toBeNull();
  });

  test('has the name by which the guide was asked, in links, pane and policy', async () => {
    const { ask, guide } = await openGuide({ steps });
    const port = new URL(guide.url).port;
    for (const name of ['localhost', '127.0.0.1']) {
      const { page, headers } = await ask('/steps/sql-injection', { headers: { Host: `${name}:${port}` } });
      expect(page.querySelector('iframe')?.getAttribute('src')).toBe(`http://${name}:8000/patients/search`);
      expect(page.querySelector('.masthead a[target="clinic"]')?.getAttribute('href')).toBe(
        `http://${name}:8000`,
      );
      expect(headers['content-security-policy']).toContain(`frame-src http://${name}:8000;`);
    }
  });

  test('keeps its address under a name that is forwarded', () => {
    expect(clinicAddress('http://localhost:8100', 'LOCALHOST:4000')).toBe('http://localhost:8100');
    expect(clinicAddress('http://localhost:8100', '127.0.0.1')).toBe('http://127.0.0.1:8100');
    for (const host of ['name-4000.example', '[::1]:4000', undefined, 'localhost.example:4000']) {
      expect(clinicAddress('http://localhost:8100', host)).toBe('http://localhost:8100');
    }
    expect(clinicAddress('https://clinic.example', 'localhost:4000')).toBe('https://clinic.example');
  });

  test('is where links in a guide lead, on whatever port it runs', async () => {
    const guide =
      'Open [it](http://localhost:8000/patients/12), and [this](http://localhost:80001/). At [localhost:8000](http://localhost:8000) log in.';
    const { ask } = await openGuide({
      clinicUrl: 'http://localhost:8100',
      content: (step) => ({ ...sampleContent(step), guide }),
    });
    const { page } = await ask('/steps/sql-injection');
    expect(page.querySelectorAll('.guide a').map((link) => link.getAttribute('href'))).toEqual([
      'http://127.0.0.1:8100/patients/12',
      'http://localhost:80001/',
      'http://127.0.0.1:8100',
    ]);
    expect(words(page.querySelector('.guide'))).toContain('At 127.0.0.1:8100 log in.');
  });
});

describe('where I am', () => {
  const HOUR = 3_600_000;

  test('is said in steps done, hours and hints, for all and for each', async () => {
    const { ask, workshop } = await openGuide();
    for (const hint of [1, 2]) workshop.record({ slug: 'sql-injection', type: 'hint.revealed', hint });
    recordRun(workshop, '1');
    const progress = { ...workshop.source.progress(), worked: { 'sql-injection': 1.25 * HOUR } };
    const open = await openGuide({ progress: () => progress });
    const { page } = await open.ask('/');
    expect(words(page.querySelector('.overview-head p'))).toBe('1 of 3 done · 1 h 15 min · 2 hints');
    const facts = page.querySelectorAll('.card').map((card) => words(card.querySelector('.card-facts')));
    expect(facts[3]).toBe('done 1 h 15 min, 2 hints');
    expect(facts[0]).toBe('not started about 90 min');
    expect((await ask('/')).status).toBe(200);
  });

  test('a newcomer reads how it goes first, and whoever comes back finds the way on first', async () => {
    const { ask, workshop } = await openGuide();
    const order = async () => {
      const { body } = await ask('/');
      return body.indexOf('class="how"') < body.indexOf('class="next-up"') ? 'how first' : 'way on first';
    };
    expect(await order()).toBe('how first');
    expect(words((await ask('/')).page.querySelector('.next-up h2'))).toBe('Begin here');
    // As the first start of the workshop does by itself.
    workshop.record({ slug: 'data-modeling', type: 'step.opened' });
    expect(await order()).toBe('how first');
    workshop.record({ slug: 'sql-injection', type: 'step.opened' });
    expect(await order()).toBe('way on first');
    expect(words((await ask('/')).page.querySelector('.next-up h2'))).toBe('Go on here');
  });

  test('has one button that leads on', async () => {
    const { ask } = await openGuide();
    expect((await ask('/')).page.querySelectorAll('main .button')).toHaveLength(1);
  });
});

describe('an address that is nobody’s', () => {
  test.each([
    ['/glosary', 'Did you mean the glossary?', 'glosary'],
    ['/facilitator/sql-injektion', 'Did you mean step 7, SQL injection, for facilitators?', 'sql injektion'],
    ['/docs/sql_injection.html', '', 'sql injection'],
    ['/%3Cb%3E', '', 'b'],
  ])('%s is answered with the nearest page, and with its words to search for', async (path, help, query) => {
    const { ask } = await openGuide();
    const { status, page } = await ask(path);
    expect(status).toBe(404);
    expect(words(page.querySelector('main'))).toContain(help);
    expect(page.querySelector('main input[name="q"]')?.getAttribute('value')).toBe(query);
  });
});
