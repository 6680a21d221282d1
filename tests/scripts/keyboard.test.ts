import { expect, test, vi } from 'vitest';
import { foldProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { createKeyboard } from '../../scripts/daemon/keyboard.ts';
import type { Steering } from '../../scripts/daemon/steering.ts';
import { plainTerminal } from './plain-terminal.ts';

const STEPS = [1, 2].map((number): Step => ({
  slug: `step-${number}`,
  title: `Step ${number}`,
  summary: 'A sample of a step.',
  minutes: 1,
  files: ['app/src/app.ts'],
  after: [],
  judged: true,
  checks: [],
  needs: 'nothing',
  clinicPath: null,
  number,
  directory: '',
}));
const [FIRST, SECOND] = STEPS as [Step, Step];

function keyboard() {
  const terminal = plainTerminal();
  const called: string[] = [];
  const steering: Steering = {
    current: () => FIRST,
    beside: (offset) => (offset === 1 ? SECOND : null),
    open: async (slug) => void called.push(`open ${slug}`),
    check: async (slug) => void called.push(`check ${slug}`),
    hint: async () => ({ number: 1, of: 3, text: '## Look\n\nCloser.', news: 'new' }),
    solution: async (slug) => (called.push(`solution ${slug}`), ''),
    filesToReset: async () => ['app/src/app.ts'],
    reset: async (slug, files) => {
      called.push(`reset ${slug} ${files.join()}`);
      return { id: 'backup-1', at: '', reason: '', touches: null, undone: false };
    },
  };
  const feed = { progress: () => foldProgress([]), follow: () => () => undefined, close: () => undefined };
  const faults: unknown[] = [];
  const press = createKeyboard({
    daemon: { workshop: { catalogue: STEPS }, feed, steering, guideUrl: '' },
    terminal,
    quit: () => void called.push('quit'),
    onFault: (error) => void faults.push(error),
  });
  return { press, called, faults, said: () => terminal.printed.join('\n') };
}

test('keys move, judge, hint and end', async () => {
  const { press, called, said } = keyboard();
  for (const key of ['n', 'p', 'r', 'h', 'l', '?', 'q', 'z']) press(key);
  await vi.waitFor(() => expect(said()).toContain('hint 1 of 3: Look'));
  expect(called).toEqual(['open step-2', 'check step-1', 'quit']);
  expect(said()).toContain('This is the first step.');
  expect(said()).toContain('x reset the step');
});

test('x asks first, and anything but y changes nothing', async () => {
  const { press, called, said } = keyboard();
  press('x');
  await vi.waitFor(() => expect(said()).toContain('[y/N]'));
  press('n');
  await vi.waitFor(() => expect(said()).toContain('Nothing was changed.'));
  expect(called).toEqual([]);
});

test('x and y reset the files that were named', async () => {
  const { press, called, said } = keyboard();
  press('x');
  await vi.waitFor(() => expect(said()).toContain('  app/src/app.ts\nGo on? [y/N]'));
  press('y');
  await vi.waitFor(() => expect(said()).toContain('Yours are kept (backup-1)'));
  expect(called).toEqual(['reset step-1 app/src/app.ts']);
});

test('s asks before the step is passed; Ctrl+C ends even then', async () => {
  const { press, called, said } = keyboard();
  press('s');
  await vi.waitFor(() => expect(said()).toContain('not passed yet'));
  press('\u0003');
  expect(called).toEqual(['quit']);
});
