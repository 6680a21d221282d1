import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { broken, type Examination, ok, warning } from '../../../scripts/doctor/diagnosis.ts';
import { examineAll } from '../../../scripts/doctor/examine-all.ts';
import { EXAMINATIONS, examinationsFor } from '../../../scripts/doctor/examinations.ts';
import { findProgram, outputOf } from '../../../scripts/doctor/program.ts';
import { createRedactor } from '../../../scripts/doctor/redact.ts';
import { createPaint } from '../../../scripts/terminal/paint.ts';
import { renderDoctorsWord, renderLines } from '../../../scripts/terminal/render-doctor.ts';
import { copyWorkshop, type WorkshopCopy } from '../workshop-copy.ts';
import { SAMPLE_FILES } from '../sample-steps.ts';
import { hasShell, pathWith, script, surroundings } from './surroundings.ts';

const examination = (title: string, examine: Examination['examine']): Examination => ({
  id: 'disk',
  title,
  examine,
});

describe('all examinations', () => {
  test('have an id and a title of their own', () => {
    expect(new Set(EXAMINATIONS.map(({ id }) => id)).size).toBe(EXAMINATIONS.length);
    expect(new Set(EXAMINATIONS.map(({ title }) => title)).size).toBe(EXAMINATIONS.length);
  });

  test('run at once, and the slowest has a limit', async () => {
    const stopped: string[] = [];
    const never = examination('Never', (_, signal) => {
      signal.addEventListener('abort', () => stopped.push('never'));
      return new Promise(() => undefined);
    });
    const faulty = examination('Faulty', async () => {
      throw new Error('of no use');
    });
    const lines = await examineAll(
      [never, faulty, examination('Well', async () => ok('well'))],
      await surroundings(),
      50,
    );
    expect(lines.map(({ diagnosis }) => [diagnosis.state, diagnosis.says])).toEqual([
      ['warning', 'gave no answer within 0.05 s'],
      ['warning', 'could not be examined: of no use'],
      ['ok', 'well'],
    ]);
    expect(stopped).toEqual(['never']);
  });
});

test.runIf(hasShell)('a program that hangs is ended with its examination', async () => {
  const environment = await pathWith({ hangs: script('echo $$ > "$0.pid"; exec sleep 60') });
  const program = await findProgram('hangs', { environment, platform: process.platform });
  expect(program).not.toBeNull();
  const ending = new AbortController();
  const answer = outputOf(program ?? '', [], {
    environment: { PATH: process.env['PATH'] },
    signal: ending.signal,
  });
  const read = async () => Number(await readFile(`${program}.pid`, 'utf8').catch(() => ''));
  await expect.poll(read).toBeGreaterThan(0);
  const pid = await read();
  ending.abort();
  expect(await answer).toBeNull();
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('what stopped a command leads to its examinations', () => {
  const idsFor = (code: string | null) => examinationsFor(code).map(({ id }) => id);
  expect(idsFor('PORT_TAKEN')).toEqual(['guide-port', 'clinic-port']);
  expect(idsFor('DATABASE_NOT_STARTED')).toContain('database-native');
  expect(idsFor('JOURNAL_UNWRITABLE')).toEqual(['disk', 'workshop-folder']);
  expect(idsFor('ALREADY_STARTED')).toEqual([]);
  expect(idsFor(null)).toContain('packages');
});

describe('a text to be pasted holds', () => {
  const redact = createRedactor(
    { DATABASE_URL: 'postgres://grace:p%40ss@db.example:5432/x', HOME: '/home/grace' },
    { home: '/home/grace', user: 'grace' },
  );

  test.each([
    ['no password, in either spelling', 'it was p@ss or p%40ss', 'it was ••• or •••'],
    ['no user of the database', 'tried as "grace", and', 'tried as •••, and'],
    ['no home folder', 'in /home/grace/second-opinion/app', 'in ~/second-opinion/app'],
    ['no name of a person', 'owned by grace.', 'owned by <you>.'],
    ['no login of another URL', 'http://me:word@proxy.example', 'http://•••@proxy.example'],
    ['words that contain a name', 'a disgraceful thing', 'a disgraceful thing'],
  ])('%s', (_, text, shown) => expect(redact(text)).toBe(shown));
});

test('the lines are to be read, and their commands to be copied', () => {
  const line = (title: string, diagnosis: ReturnType<typeof ok>) =>
    ({ id: 'disk', title, diagnosis, late: false }) as const;
  const lines = [
    line('Node.js', ok('v20.20.2')),
    line('Docker', warning('installed, but its engine does not answer', 'sudo systemctl start docker')),
    line('Port (clinic)', broken('8000 is taken by python3 (process 4242)', 'npm start -- --app-port 8001')),
  ];
  const paint = createPaint(false);
  expect(`${renderLines(lines, 48, paint)}\n${renderDoctorsWord(lines, paint)}`).toMatchInlineSnapshot(`
    "  ✓ Node.js        v20.20.2
      ! Docker         installed, but its engine
                       does not answer
                       → sudo systemctl start docker
      ✗ Port (clinic)  8000 is taken by python3
                       (process 4242)
                       → npm start -- --app-port 8001
    ✗ One thing must be repaired first: see the line marked ✗. 1 warning, which you may leave."
  `);
  expect(renderDoctorsWord(lines.slice(0, 1), paint)).toBe('✓ The workshop runs here.');
});

describe('the command', () => {
  let workshop: WorkshopCopy;
  beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
  afterAll(() => workshop.remove());

  test('ends with 1 when something must be repaired, and names the command', async () => {
    const { code, out, err } = await workshop.cli('doctor', '--port', '0', '--app-port', '0');
    expect(err).toBe('');
    expect(out).toContain('✗ Packages');
    expect(out).toContain('→ git checkout -- package-lock.json');
    expect(out).toContain('✗ One thing must be repaired first: see the line marked ✗.');
    expect(code).toBe(1);
  });

  test('--json prints the same and nothing else', async () => {
    const { out } = await workshop.cli('doctor', '--json', '--port', '0', '--app-port', '0');
    const { examinations } = JSON.parse(out) as { examinations: { id: string; state: string }[] };
    expect(examinations.map(({ id }) => id)).toEqual(EXAMINATIONS.map(({ id }) => id));
    expect(examinations.find(({ id }) => id === 'watching')?.state).toBe('ok');
  });

  test('mends line endings, and undo takes it back', async () => {
    const file = join(workshop.root, 'app/src/greeting.ts');
    const shipped = await readFile(file, 'utf8');
    await workshop.write('app/src/greeting.ts', shipped.replaceAll('\n', '\r\n'));
    const { code, out } = await workshop.cli('doctor', '--mend-line-endings');
    expect(code).toBe(0);
    expect(out).toContain('app/src/greeting.ts');
    expect(await readFile(file, 'utf8')).toBe(shipped);
    await workshop.cli('undo');
    expect(await readFile(file, 'utf8')).toBe(shipped.replaceAll('\n', '\r\n'));
    await workshop.cli('doctor', '--mend-line-endings');
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
