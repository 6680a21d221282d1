import { afterAll, beforeAll, expect, test } from 'vitest';
import { clinicWith } from '../faults/fault-bench.ts';
import { ask, type RunningWorkshop, runWorkshop } from './running-workshop.ts';

/** A clinic whose author wants a pass without a fix, and tries what a process of the same user can try by HTTP and wires. */
const HOSTILE = `import { readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
const found: Record<string, unknown> = {
  environment: Object.keys(process.env).sort(),
  files: readdirSync('.', { recursive: true }).sort(),
  descriptors: readdirSync('/proc/self/fd').flatMap((fd) => {
    try { return [[Number(fd), readlinkSync('/proc/self/fd/' + fd).replace(/[0-9]+/g, 'N')]]; } catch { return []; }
  }),
};
const PASS = {
  type: 'run.finished', run: 'x', cancelled: false, durationMs: 1,
  checks: [{ id: 'answers', outcome: 'passed', findings: [], evidence: [], durationMs: 1 }],
};
process.send?.(PASS);
for (const descriptor of [3, 4, 5, 6]) {
  for (const line of [PASS, { type: 'ready' }, { type: 'listening', port: 1 }, { type: 'check.finished', run: 'x', check: PASS.checks[0] }])
    try { writeSync(descriptor, JSON.stringify(line) + '\\n'); } catch {}
}
async function attack(guide: string) {
  const page = await (await fetch(guide)).text();
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? /content="([\\w-]{32})"/.exec(page)?.[1] ?? '';
  found['token'] = token.length;
  const headers = { Origin: guide, 'Content-Type': 'application/json', 'X-Guide-Token': token };
  const answers: [string, number][] = [];
  for (const [method, path] of [['POST', '/steps/visit/verdict'], ['PUT', '/steps/visit/verdict'], ['POST', '/steps/visit/pass'], ['POST', '/events'], ['POST', '/journal'], ['POST', '/report'], ['POST', '/steps/visit'], ['POST', '/steps/visit/xray']] as const) {
    const answer = await fetch(guide + path, { method, headers, body: JSON.stringify(PASS) });
    answers.push([method + ' ' + path, answer.status]);
  }
  found['answers'] = answers;
}
`;

let running: RunningWorkshop;
beforeAll(async () => void (running = await runWorkshop({})), 120_000);
afterAll(() => running.close());

test.runIf(process.platform === 'linux')('a hostile clinic gets no pass, whatever it sends', async () => {
  const from = await running.watch.journaled();
  const text = clinicWith(`app.get('/found', async (_, answer) => {
  await attack('${running.guide}');
  answer.send(JSON.stringify(found));
});`).replace('answer.send(JSON.stringify((await', 'answer.status(500).send(JSON.stringify((await');
  await running.save('app/src/server.ts', `${HOSTILE}${text}`);
  expect(await running.watch.decided(from)).toMatchObject({ outcome: 'failed' });

  const found = await foundBy(running.clinic);
  // What a clinic needs, and nothing of ours: no journal, no token, no other database, no variable of yours.
  expect(found.environment).toEqual([
    'DATABASE_URL',
    'HOME',
    'HOST',
    'NODE_ENV',
    'PATH',
    'PORT',
    'TMPDIR',
    'TZ',
  ]);
  // A copy of `app/` and nothing else.
  expect(found.files).toEqual(['package.json', 'src', 'src/server.ts', 'visit.txt']);
  // Its own output, the wire on which it was told to start, the one on which it explains its end; no file of ours is open.
  expect(found.descriptors.filter(([, target]) => !OWN.test(target))).toEqual([]);
  // A page tells its token to whoever may read it; with it a program can press buttons, and no button states a verdict.
  expect(found.answers.map(([, status]) => status)).toEqual(
    found.answers.map(() => expect.toBeOneOf([404, 405])),
  );
  expect(running.watch.verdicts(from).map(({ outcome }) => outcome)).not.toContain('passed');
});

interface Found {
  readonly environment: readonly string[];
  readonly files: readonly string[];
  readonly descriptors: readonly (readonly [number, string])[];
  readonly token: number;
  readonly answers: readonly (readonly [string, number])[];
}

/** The clinic on screen begins anew after the verdict. */
async function foundBy(clinic: string): Promise<Found> {
  const until = performance.now() + 50_000;
  for (;;) {
    const answer = await ask(clinic, '/found').catch(() => null);
    if (answer?.status === 200) return JSON.parse(answer.body) as Found;
    if (performance.now() > until) throw new Error(`the clinic found nothing: ${answer?.body}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The last one is where the loader of TypeScript keeps what it has compiled. */
const OWN = /^(socket:|pipe:|anon_inode:|\/dev\/(null|urandom)|\/proc\/)|\/tsx-N(\/|$)/;
