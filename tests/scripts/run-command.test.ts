import { expect, test } from 'vitest';
import type { Verdict } from '../../model/verdict.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { createReleasers } from '../../scripts/releasers.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { exitCodeOf } from '../../scripts/exit-code.ts';
import { renderError } from '../../scripts/terminal/render-error.ts';
import { VERBS } from '../../scripts/verbs.ts';
import { plainTerminal } from './plain-terminal.ts';

test('a word that is no command ends with 2 and the nearest that is', async () => {
  const terminal = plainTerminal();
  expect(await runCommand(['chek'], terminal)).toBe(2);
  expect(terminal.printed).toEqual([]);
  expect(terminal.noted.join('\n')).toMatchInlineSnapshot(`
    "! There is no command "chek". Did you mean "check"?
      → Run \`npm run\` to see every command."
  `);
});

test('a name that every object has is no command', async () => {
  expect(await runCommand(['constructor'], plainTerminal())).toBe(2);
});

test('without a word every command is listed', async () => {
  const terminal = plainTerminal();
  expect(await runCommand([], terminal)).toBe(0);
  for (const verb of Object.keys(VERBS)) expect(terminal.printed.join('\n')).toContain(`npm run ${verb}`);
});

test.each(Object.keys(VERBS).filter((verb) => verb !== 'test'))('%s says how it is typed', async (verb) => {
  const terminal = plainTerminal();
  expect(await runCommand([verb, '--help'], terminal)).toBe(0);
  expect(terminal.printed.join('\n')).toContain(`npm ${verb === 'start' ? '' : 'run '}${verb}`);
});

test('what can be explained is printed with its remedy', () => {
  const error = new WorkshopError('DISK_FULL', 'The journal was to be written, and the disk is full.', {
    remedy: 'Free some space.',
  });
  expect(renderError(error, plainTerminal(50))).toMatchInlineSnapshot(`
    "! The journal was to be written, and the disk is
      full.
      → Free some space."
  `);
});

test('anything else is said to be our own bug, with its stack', () => {
  const shown = renderError(new TypeError('x is not a function'), plainTerminal());
  expect(shown).toContain('This is our bug and not your code.');
  expect(shown).toContain('TypeError: x is not a function');
  expect(shown).toContain('run-command.test.ts');
});

test('of several verdicts the gravest decides, and none is no pass', () => {
  const passed: Verdict = { outcome: 'passed', notes: [] };
  const errored: Verdict = { outcome: 'errored', problem: { code: 'C', message: 'm', remedy: 'r' } };
  const failed: Verdict = { outcome: 'failed', findings: [{ ruleId: 'a/b', level: 'error', message: 'm' }] };
  expect(exitCodeOf([passed, passed])).toBe(0);
  expect(exitCodeOf([passed, failed])).toBe(1);
  expect(exitCodeOf([errored, failed, passed])).toBe(2);
  expect(exitCodeOf([])).toBe(2);
});

test('everything is closed once, newest first, also what comes late and after a failure', async () => {
  const closed: string[] = [];
  const releasers = createReleasers();
  releasers.add(() => closed.push('first'));
  releasers.add(() => {
    throw new Error('does not close');
  });
  releasers.add(async () => {
    await Promise.resolve();
    releasers.add(() => closed.push('late'));
    closed.push('last');
  });
  const closing = releasers.closeAll();
  expect(releasers.closeAll()).toBe(closing);
  await expect(closing).rejects.toThrow('does not close');
  expect(closed).toEqual(['last', 'late', 'first']);
});
