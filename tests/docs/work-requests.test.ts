import { describe, expect, test } from 'vitest';
import { WorkshopError } from '../../model/workshop-error.ts';
import { type Asked, openGuide, type OpenGuide, words } from './guide-fixture.ts';
import { recordRun } from './sample-runs.ts';

const STEP = '/steps/sql-injection';
const ACTIONS: readonly (readonly [path: string, body: Readonly<Record<string, string>>, asked: string])[] = [
  ['solution', {}, 'solution sql-injection'],
  ['reset', { files: 'app/src/a.ts\napp/src/b.ts' }, 'reset sql-injection app/src/a.ts app/src/b.ts'],
  ['undo', { backup: '2026-reset' }, 'undo sql-injection 2026-reset'],
  ['answer', { question: 'Why?', answer: 'Because.' }, 'answer sql-injection Why? Because.'],
  ['score', { level: 'senior' }, 'score sql-injection senior'],
];

/** What a page of ours sends; each test changes one thing. */
function ours(
  { guide }: OpenGuide,
  body: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>> = {},
): Asked {
  const headers = {
    Origin: guide.url,
    'Sec-Fetch-Site': 'same-origin',
    'X-Guide-Token': guide.token,
    ...changed,
  };
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

describe.each(ACTIONS)('%s', (path, body, asked) => {
  const address = `${STEP}/${path}`;

  test('is done for our own pages, with and without JavaScript', async () => {
    const open = await openGuide();
    expect((await open.ask(address, ours(open, body))).status).toBe(204);
    const { status, headers } = await open.press(address, body);
    expect(status).toBe(303);
    expect(headers.location).toMatch(/^\/steps\/sql-injection\/(solution|reset|discussion#\w+)$/);
    expect(open.workshop.asked).toEqual([asked, asked]);
  });

  test('is refused from elsewhere, without the token, and in any way but POST', async () => {
    const open = await openGuide();
    const refused = [
      ours(open, body, { Origin: 'http://evil.example' }),
      ours(open, body, { Origin: 'http://127.0.0.1:8000' }),
      ours(open, body, { 'Sec-Fetch-Site': 'cross-site' }),
      ours(open, body, { Host: 'evil.example' }),
      ours(open, body, { 'X-Guide-Token': '' }),
      ours(open, body, { 'X-Guide-Token': 'a'.repeat(32) }),
    ];
    for (const request of refused) expect((await open.ask(address, request)).status).toBe(403);
    expect((await open.press(address, { ...body, token: 'wrong' })).status).toBe(403);
    expect((await open.ask(address, ours(open, body, { 'Content-Type': 'text/plain' }))).status).toBe(415);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await open.ask(address, { ...ours(open, body), method })).status, method).toBe(405);
    }
    await open.ask(address);
    expect(open.workshop.asked).toEqual([]);
    expect(open.workshop.source.progress().lastSeq).toBe(-1);
  });

  test('of a step that is not there is not done', async () => {
    const open = await openGuide();
    expect((await open.press(`/steps/nothing/${path}`, body)).status).toBe(404);
    expect(open.workshop.asked).toEqual([]);
  });
});

test.each(['undo', 'answer', 'score'])('%s has no page to be linked to', async (path) => {
  const { ask } = await openGuide();
  const { status, headers } = await ask(`${STEP}/${path}`);
  expect([status, headers.allow]).toEqual([405, 'POST']);
});

test('fields that are no text, or none at all, are empty', async () => {
  const open = await openGuide();
  const body = '{"question":["a"],"answer":{"b":1},"__proto__":{"level":"senior"}}';
  await open.ask(`${STEP}/answer`, { ...ours(open, {}), body });
  await open.ask(`${STEP}/score`, { ...ours(open, {}), body });
  expect(open.workshop.asked).toEqual(['answer sql-injection  ', 'score sql-injection ']);
});

describe('an answer that is not kept', () => {
  const NASTY = '\nfirst line stays\n</textarea><script>alert(1)</script> & "quotes"';
  const failure = new WorkshopError('ANSWER_TOO_LONG', 'It was too long.', { remedy: 'Shorten it.' });

  test('comes back whole, to be changed and sent again', async () => {
    const { press, guide } = await openGuide({ failure });
    const { status, page, body } = await press(`${STEP}/answer`, { question: 'Why <b>?', answer: NASTY });
    expect(status).toBe(500);
    expect(body).not.toContain('<script>alert');
    expect(words(page.querySelector('[role="alert"]'))).toContain('It was too long. What helps: Shorten it.');
    const form = page.querySelector('form[action="/steps/sql-injection/answer"]');
    expect(form?.querySelector('[name="token"]')?.getAttribute('value')).toBe(guide.token);
    expect(form?.querySelector('[name="question"]')?.getAttribute('value')).toBe('Why <b>?');
    // A browser drops the first line break of a textarea.
    expect(form?.querySelector('textarea')?.textContent.replace(/^\n/, '')).toBe(NASTY);
  });

  test('comes back also when it is far longer than anything that is kept', async () => {
    const { press } = await openGuide({ failure });
    const { body } = await press(`${STEP}/answer`, { question: 'Why?', answer: 'ü'.repeat(200_000) });
    expect(body).toContain('ü'.repeat(200_000));
  });

  test('is handed back as plain text to a page from before a new start', async () => {
    const { press, guide, workshop } = await openGuide();
    const { status, headers, body } = await press(`${STEP}/answer`, {
      token: 'old',
      question: 'Why?',
      answer: NASTY,
    });
    expect([status, headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
    expect(body).toContain(`Your answer, to be copied:\n\n${NASTY}`);
    expect(body).not.toContain(guide.token);
    expect(workshop.asked).toEqual([]);
  });

  test('is not handed to another site', async () => {
    const open = await openGuide();
    const { body } = await open.ask(
      `${STEP}/answer`,
      ours(open, { answer: 'mine' }, { Origin: 'http://evil.example' }),
    );
    expect(body).not.toContain('mine');
  });
});

test('looking at a page changes nothing, before passing and after', async () => {
  const { ask, workshop } = await openGuide();
  recordRun(workshop, '1');
  const before = workshop.source.progress().lastSeq;
  for (const path of ['solution', 'comparison', 'reset', 'reset-plan', 'discussion', 'discussion-body']) {
    expect((await ask(`${STEP}/${path}`)).status, path).toBe(200);
  }
  expect((await ask('/report')).status).toBe(200);
  expect(workshop.asked).toEqual([]);
  expect(workshop.source.progress().lastSeq).toBe(before);
});
