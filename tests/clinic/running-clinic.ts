import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Database, openCluster } from '../../database/cluster.ts';
import { startEngine } from '../../database/engine.ts';
import { type LegacyData, loadLegacy, parseLegacyData } from '../../database/legacy.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { createSnapshot } from './snapshot.ts';
import { createVisitor, logIn, type Visitor } from './visitor.ts';

/** The clinic as shipped, in a process of its own, before a database that holds the sample data. */
export interface RunningClinic {
  readonly url: string;
  readonly database: Database;
  /** A browser in which this demo doctor (`amara.okafor`) is logged in. */
  as(email: string): Promise<Visitor>;
  /** Everything that the clinic printed so far. */
  output(): string;
  /** Brings the records back to the sample data. */
  restore(): Promise<void>;
  /** Sends SIGTERM and answers how the process ended. */
  stop(): Promise<{ code: number | null; signal: string | null }>;
  close(): Promise<void>;
}

/** `changes` are files of `app/` in place of those shipped, by their path from the workshop's root. */
export async function openClinic(changes: Readonly<Record<string, string>> = {}): Promise<RunningClinic> {
  const closes: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closes.splice(0).reverse()) await one();
  };
  try {
    await mkdir(join(ROOT, '.workshop'), { recursive: true });
    const home = await mkdtemp(join(ROOT, '.workshop', 'test-clinic-'));
    closes.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

    const engine = await startEngine({ home: join(ROOT, '.workshop', 'engine') });
    closes.push(() => engine.close());
    const cluster = await openCluster(engine.address);
    closes.push(() => cluster.close());
    const fixtures = await sampleFixtures();
    const template = await cluster.template(`clinic-tests-${JSON.stringify(fixtures)}`, (database) =>
      loadLegacy(database, fixtures),
    );
    const database = await cluster.clone(template, 'clinic');
    closes.push(() => database.drop());
    const snapshot = await createSnapshot(database);

    const clinic = await start(await shippedClinic(home, changes), urlOf(database));
    closes.push(clinic.stop);
    return { ...clinic, database, as: loggingIn(clinic.url), restore: snapshot.restore, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function sampleFixtures(): Promise<{ schema: string; data: LegacyData }> {
  const [schema, data] = await Promise.all(
    ['legacy-schema.sql', 'sample-data.json'].map((name) => readFile(join(ROOT, 'fixtures', name), 'utf8')),
  );
  return { schema: schema ?? '', data: parseLegacyData(JSON.parse(data ?? '')) };
}

/** A learner's own edits of `app/` are not judged here. */
async function shippedClinic(home: string, changes: Readonly<Record<string, string>>): Promise<string> {
  if (!existsSync(join(ROOT, 'steps', 'baseline.json'))) return join(ROOT, 'app');
  const workspace = await openWorkspace({ root: ROOT });
  for (const [path, bytes] of await workspace.baseline()) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), changes[path] ?? bytes);
  }
  return join(home, 'app');
}

/** Checking a password takes 45 ms on purpose, so each doctor's session is opened once. */
function loggingIn(url: string): RunningClinic['as'] {
  const cookies = new Map<string, string>();
  return async (email) => {
    const cookie = cookies.get(email) ?? (await logIn(url, email)).cookie;
    cookies.set(email, cookie);
    return createVisitor(url, cookie);
  };
}

async function start(app: string, databaseUrl: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(app, 'src', 'server.ts')], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], TZ: 'UTC', PORT: '0', DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  let output = '';
  const stop = async () => {
    child.kill('SIGTERM');
    return closed;
  };
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        output += `${line}\n`;
        const listening = /^Clinic listening on (\S+)$/.exec(line)?.[1];
        if (listening !== undefined) resolve(listening);
      });
    }
    void closed.then(({ code }) => reject(new Error(`The clinic ended with ${code} and said:\n${output}`)));
  });
  return { url, stop, output: () => output };
}

function urlOf({ target }: Database): string {
  const login = `${encodeURIComponent(target.role)}:${encodeURIComponent(target.password)}`;
  const place = new URLSearchParams({ host: target.address.host, port: String(target.address.port) });
  return `postgres://${login}@localhost/${target.database}?${place.toString()}`;
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
