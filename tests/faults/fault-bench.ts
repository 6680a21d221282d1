import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import { startEngine, type Engine } from '../../database/engine.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step, StepFile } from '../../model/step.ts';
import { fingerprint } from '../../runner/fingerprint.ts';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { listenersOf } from '../security/listeners.ts';
import { copiesIn, expectNoProcesses, judgesOf, processesAbout, scratchIn } from './left-behind.ts';

/** A judge, a database and a folder for a clinic that goes wrong. */
export interface FaultBench {
  readonly root: string;
  readonly app: string;
  readonly engine: Engine;
  readonly judge: Judge;
  readonly step: Step;
  /** Judges a clinic of these files, each path visited in turn; proves that nothing of the run is left. */
  visit(files: Files, ...paths: readonly string[]): Promise<Visit>;
  /** Judges what is in `app` by another step, with the same proof. */
  judgeStep(step: Step): Promise<Visit>;
  /** As `visit`, without that proof. */
  run(files: Files, ...paths: readonly string[]): Promise<Visit>;
  /** A sound clinic passes right after: nothing of the fault is in its way. */
  expectRecovered(): Promise<void>;
  close(): Promise<void>;
}

export type Files = Readonly<Record<string, string | Buffer>>;

export interface Visit {
  readonly outcome: string;
  /** `null` where there is no first finding. */
  readonly finding: Finding | null;
  readonly code: string | null;
  readonly findings: readonly Finding[];
}

export async function openFaultBench(): Promise<FaultBench> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'second-opinion-faults-')));
  // Run as root, PostgreSQL lives as another user below.
  await chmod(root, 0o755);
  await mkdir(join(root, 'engine'), { mode: 0o755 });
  await cp(join(HERE, 'fixtures'), join(root, 'fixtures'), { recursive: true });
  await symlink(join(HERE, 'node_modules'), join(root, 'node_modules'), 'junction');
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  const step = await writeStep(root);
  const engine = await startEngine({ home: join(root, 'engine'), force: 'native' });
  const judge = createJudge({ root, database: { address: { ...engine.address } } });
  const app = join(root, 'app');
  let runs = 0;

  const run: FaultBench['run'] = async (files, ...paths) => {
    await rm(app, { recursive: true, force: true, maxRetries: 5 });
    await writeFiles(app, {
      'package.json': '{ "type": "module" }',
      ...files,
      'visit.txt': paths.join('\n'),
    });
    return judged(step);
  };
  const judged = async (wanted: Step): Promise<Visit> => {
    const { signal } = new AbortController();
    const run = String((runs += 1));
    const work = await fingerprint(app);
    const { verdict } = await judge.run({ run, step: wanted, app, seed: 1, signal });
    expect(await fingerprint(app), 'the files are as they were').toBe(work);
    const findings = verdict.outcome === 'failed' ? verdict.findings : [];
    const code = verdict.outcome === 'errored' ? verdict.problem.code : null;
    return { outcome: verdict.outcome, finding: findings[0] ?? null, code, findings };
  };
  const visit: FaultBench['visit'] = async (files, ...paths) => {
    const outcome = await run(files, ...paths);
    await expectNothingLeft(root, engine);
    return outcome;
  };

  return {
    root,
    app,
    engine,
    judge,
    step,
    visit,
    run,
    async judgeStep(wanted) {
      const outcome = await judged(wanted);
      await expectNothingLeft(root, engine);
      return outcome;
    },
    async expectRecovered() {
      expect(await visit({ 'src/server.ts': clinicWith('') }, '/')).toMatchObject({ outcome: 'passed' });
    },
    async close() {
      await judge.close();
      await engine.close();
      await expectNoProcesses(root);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A small clinic. `more` goes before it listens, from line 6, with `app` and `pool` in scope. */
export function clinicWith(more: string): string {
  return `import express from 'express';
import pg from 'pg';
const app = express();
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
app.get('/', async (_, answer) => void answer.send(JSON.stringify((await pool.query('SELECT count(*) FROM doctors')).rows)));
${more}
app.listen(Number(process.env['PORT']), '127.0.0.1');
`;
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** What a process that has ended holds is taken back by another, a moment later. */
async function expectNothingLeft(root: string, engine: Engine): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  let left = await leftBehind(root, engine);
  while (JSON.stringify(left) !== JSON.stringify(NOTHING) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = await leftBehind(root, engine);
  }
  expect(left).toEqual(NOTHING);
}

async function leftBehind(root: string, engine: Engine) {
  const running = await processesAbout(join(root, '.workshop'));
  return {
    processes: running.map(({ command }) => command),
    databases: await copiesIn(engine.address),
    scratch: await scratchIn(root),
    ports: await listenersOf(await judgesOf(process.pid)),
  };
}

async function writeStep(root: string): Promise<Step> {
  await writeFiles(root, VISIT_STEP);
  return { ...VISIT, number: 1, directory: join(root, 'steps', '01-visit') };
}

const VISIT: StepFile = {
  slug: 'visit',
  title: 'Visit',
  summary: 'Every page that is named answers.',
  minutes: 1,
  files: ['app/src/server.ts'],
  after: [],
  judged: true,
  needs: 'database',
  clinicPath: null,
  checks: [{ id: 'answers', title: 'Every page answers' }],
};

const PATIENCE_MS = 20_000;
const NOTHING = { processes: [], databases: [], scratch: [], ports: [] };
const HERE = resolve(import.meta.dirname, '..', '..');
const CHECKS = `export default {
  async answers(run) {
    const clinic = await run.clinic();
    for (const path of (run.sources.text('app/visit.txt') ?? '').split('\\n')) {
      const answer = await clinic.visitor.get(path);
      if (answer.status === 200) continue;
      run.report({
        ruleId: 'visit/not-answered',
        message: 'GET ' + path + ' answered ' + answer.status + '.',
        observed: answer.body.slice(0, 300),
      });
    }
  },
};
`;

/** The step as files of a workshop. It visits what `app/visit.txt` names. */
export const VISIT_STEP: Files = {
  'steps/01-visit/step.json': JSON.stringify(VISIT),
  'steps/01-visit/step.test.ts': CHECKS,
  'steps/01-visit/guide.md': '# Visit\n\nEvery page answers.\n',
  'steps/01-visit/hints.md': '## Look\n\nWhich one does not?\n',
  'steps/01-visit/discussion.md': '# Discussion\n\nPages answer.\n',
};
