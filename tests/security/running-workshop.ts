import { request } from 'node:http';
import { expect } from 'vitest';
import { clinicWith, type Files, VISIT_STEP } from '../faults/fault-bench.ts';
import { type JournalWatch, watchJournal } from '../faults/journal-watch.ts';
import { expectNoProcesses } from '../faults/left-behind.ts';
import { startCli } from '../scripts/started.ts';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';

/** A whole workshop as `npm start` runs it, with a clinic of these files. */
export interface RunningWorkshop {
  readonly workshop: WorkshopCopy;
  readonly guide: string;
  readonly clinic: string;
  readonly watch: JournalWatch;
  save(path: string, text: string): Promise<void>;
  /** `path` goes out as it is given, not tidied as a browser would. */
  ask(path: string, asked?: Asked): Promise<Answer>;
  close(): Promise<void>;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export async function runWorkshop(files: Files): Promise<RunningWorkshop> {
  const app = {
    'app/package.json': '{ "type": "module" }',
    'app/visit.txt': '/',
    'app/src/server.ts': clinicWith(''),
  };
  const all = { ...app, ...VISIT_STEP, ...files };
  const workshop = await copyWorkshop(
    Object.fromEntries(Object.entries(all).map(([path, text]) => [path, String(text)])),
  );
  const watch = await watchJournal(workshop.root);
  const daemon = startCli(workshop.root, ['start', '--no-open', '--port', '0', '--app-port', '0']);
  const [, guide = ''] = await daemon.said(/Guide +(http:\S+)/);
  const [, clinic = ''] = await daemon.said(/The clinic runs: (http:\S+)/);
  // Else the verdict of what was there first may come when a test waits for that of its own.
  await watch.decided(0);
  return {
    workshop,
    guide: new URL(guide).origin,
    clinic,
    watch,
    save: (path, text) => workshop.write(path, text),
    ask: (path, asked) => ask(guide, path, asked),
    async close() {
      daemon.kill('SIGTERM');
      expect(await daemon.ended).toBe(0);
      await expectNoProcesses(workshop.root);
      await watch.close();
      await workshop.remove();
    },
  };
}

export function ask(
  url: string,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Answer> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
