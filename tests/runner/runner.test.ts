import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { createRunner, type Runner } from '../../runner/runner.ts';
import { createSampleWorkshop, type SampleWorkshop } from './sample-workshop.ts';

let workshop: SampleWorkshop;
let judge: Judge;
let runner: Runner;

beforeEach(async () => {
  workshop = await createSampleWorkshop();
  judge = createJudge({ root: workshop.root, database: { problem: NO_DATABASE } });
});
afterEach(async () => {
  await runner.close();
  await judge.close();
  await workshop.remove();
});

const save = (text: string) => writeFile(join(workshop.app, 'src', 'answer.txt'), text);

describe('the runner', () => {
  test('passes, fails and passes again, and journals each run', async () => {
    const step = await workshop.step(1, 'answer', { 'is-right': WANTS('42') });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    await save('41');
    expect((await runner.check(step)).verdict).toMatchObject({
      outcome: 'failed',
      findings: [{ ruleId: 'answer/wrong' }],
    });
    await save('42');
    expect((await runner.check(step)).verdict).toEqual({ outcome: 'passed', notes: [] });
    await runner.idle();
    expect(workshop.events.map((e) => e.type)).toEqual([
      'run.started',
      'check.finished',
      'run.finished',
      'run.started',
      'check.finished',
      'run.finished',
    ]);
    expect(workshop.progress().steps['answer']).toMatchObject({ state: 'done', runs: 2 });
  });

  test('a newer save ends the older run', async () => {
    const step = await workshop.step(1, 'slow', {
      waits: `if (run.sources.text('app/src/answer.txt') === 'hang') await new Promise((resolve) => run.signal.addEventListener('abort', resolve));`,
    });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    runner.setCurrent(step);
    await save('hang');
    const older = runner.filesChanged();
    await workshop.event((e) => e.type === 'run.started');
    await save('go');
    const newer = await runner.filesChanged();
    expect((await older)?.verdict).toEqual({ outcome: 'cancelled', reason: 'superseded' });
    expect(newer?.verdict.outcome).toBe('passed');
    expect(workshop.progress().steps['slow']?.state).toBe('done');
  });

  test('a newer save does not wait for a check that pays no heed', async () => {
    const step = await workshop.step(1, 'deaf', {
      waits: `if (run.sources.text('app/src/answer.txt') === 'hang') await new Promise(() => setInterval(() => {}, 1000));`,
    });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    runner.setCurrent(step);
    await save('hang');
    const older = runner.filesChanged();
    await workshop.event((e) => e.type === 'run.started');
    await save('go');
    expect((await runner.filesChanged())?.verdict.outcome).toBe('passed');
    expect((await older)?.verdict.outcome).toBe('cancelled');
  });

  test('what a check found before our own failure is certain', async () => {
    const step = await workshop.step(1, 'half', {
      a: `run.report({ ruleId: 'answer/wrong', message: 'wrong' });\nthrow new Error('our bug');`,
    });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    await save('x');
    expect((await runner.check(step)).verdict).toMatchObject({
      outcome: 'failed',
      findings: [{ ruleId: 'answer/wrong' }],
    });
  });

  test('a save that changes no byte is not judged', async () => {
    const step = await workshop.step(1, 'answer', { 'is-right': WANTS('42') });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    runner.setCurrent(step);
    await save('42');
    expect(await runner.filesChanged()).not.toBeNull();
    await save('42');
    expect(await runner.filesChanged()).toBeNull();
  });

  test('whatever was saved while somebody looked, the last verdict is that of the files as they are', async () => {
    const step = await workshop.step(1, 'answer', { 'is-right': WANTS('42') });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    runner.setCurrent(step);
    for (let i = 0; i < 100; i += 1) await writeFile(join(workshop.app, `more-${i}.txt`), `${i}`);
    for (const last of ['42', '41', '42', '42', '41', '41']) {
      const looks: Promise<unknown>[] = [];
      for (const text of [last, '0', last, '42', '41', last]) {
        await save(text);
        // The hand of a clock of files moves every few milliseconds.
        await pause(12);
        looks.push(runner.filesChanged());
      }
      await Promise.all(looks);
      await runner.idle();
      const { latest, running } = workshop.progress().steps['answer'] ?? {};
      expect([latest?.verdict.outcome, running]).toEqual([last === '42' ? 'passed' : 'failed', null]);
    }
  });

  test('a runner that closes begins nothing more', async () => {
    const step = await workshop.step(1, 'answer', { 'is-right': WANTS('42') });
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    const asked = runner.check(step);
    await runner.close();
    expect((await asked).verdict.outcome).toBe('cancelled');
    expect(workshop.events).toEqual([]);
  });

  test('a fix that breaks a step done before turns that one red, with its date kept', async () => {
    const first = await workshop.step(1, 'has-a', {
      a: `if (!run.sources.text('app/src/answer.txt').includes('a')) run.report({ ruleId: 'answer/no-a', message: 'no a' });`,
    });
    const second = await workshop.step(2, 'has-b', {
      b: `if (!run.sources.text('app/src/answer.txt').includes('b')) run.report({ ruleId: 'answer/no-b', message: 'no b' });`,
    });
    runner = createRunner({ ...workshop, catalogue: [first, second], judge });
    await save('a');
    await runner.check(first);
    await runner.idle();
    const { doneAt } = workshop.progress().steps['has-a'] ?? {};
    await save('b');
    await runner.check(second);
    await runner.idle();
    expect(workshop.progress().steps['has-b']?.state).toBe('done');
    expect(workshop.progress().steps['has-a']).toMatchObject({ state: 'regressed', doneAt });
  });

  test.each([
    ['a check that throws', { a: `throw new Error('our bug');` }, 'JUDGE_FAULT'],
    ['a check that step.json lists and the test does not define', { a: '' }, 'CHECK_MISSING'],
    ['a judge whose process is lost', { a: `process.exit(3);` }, 'JUDGE_LOST'],
    [
      'a judge that needs a database where there is none',
      { a: `await run.clinic();` },
      'DATABASE_UNREACHABLE',
    ],
  ])("%s is errored and not the learner's", async (name, checks, code) => {
    const step = await workshop.step(1, 'faulty', checks);
    const asked = name.includes('does not define') ? { ...step, checks: [{ id: 'b', title: 'b' }] } : step;
    runner = createRunner({ ...workshop, catalogue: [asked], judge });
    await save('x');
    expect((await runner.check(asked)).verdict).toMatchObject({ outcome: 'errored', problem: { code } });
    expect(workshop.progress().steps['faulty']?.state).not.toBe('failing');
  });

  test('a judge that never ends is stopped, errored, and the next run has a new one', async () => {
    const impatient = createJudge({
      root: workshop.root,
      database: { problem: NO_DATABASE },
      // The next run starts a judge of its own within it, on a busy computer as well.
      limitMs: 20_000,
    });
    const step = await workshop.step(1, 'stuck', {
      a: `if (run.sources.text('app/src/answer.txt') === 'stuck') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    });
    runner = createRunner({ ...workshop, catalogue: [step], judge: impatient });
    await save('stuck');
    expect((await runner.check(step)).verdict).toMatchObject({
      outcome: 'errored',
      problem: { code: 'JUDGE_TIME_LIMIT' },
    });
    await save('fine');
    expect((await runner.check(step)).verdict).toEqual({ outcome: 'passed', notes: [] });
    await runner.close();
    await impatient.close();
  });

  test('a step without a check that ran is never passed', async () => {
    const step = { ...(await workshop.step(1, 'empty', { a: '' })), checks: [] };
    runner = createRunner({ ...workshop, catalogue: [step], judge });
    await save('x');
    expect((await runner.check(step)).verdict).toMatchObject({
      outcome: 'errored',
      problem: { code: 'CHECKS_INCOMPLETE' },
    });
  });
});

const WANTS = (text: string) =>
  `if (run.sources.text('app/src/answer.txt') !== '${text}') run.report({ ruleId: 'answer/wrong', message: 'wrong' });`;

const NO_DATABASE = {
  code: 'DATABASE_UNREACHABLE',
  message: 'no database in this test',
  remedy: 'none needed',
};
