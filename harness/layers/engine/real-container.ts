import { request } from 'node:http';
import { freePort } from '../../../clinic/free-port.ts';
import { docker } from './docker.ts';

export interface RealContainer {
  /** `null`: it answered nothing within the time. */
  readonly status: number | null;
  /** Numbers of the users that its processes run as. */
  readonly users: readonly string[];
  readonly running: boolean;
  readonly output: string;
}

/** Starts the image, waits until it answers `/healthz`, and removes the container. There is no database: 500 is an answer. */
export async function tryContainer(
  tag: string,
  environment: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<RealContainer> {
  const port = await freePort();
  const variables = [...environment].flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const limits = { milliseconds: START_LIMIT_MS, signal };
  const started = await docker(['run', '-d', '-p', `127.0.0.1:${port}:8000`, ...variables, tag], limits);
  const id = /^[0-9a-f]{64}$/m.exec(started.output)?.[0];
  if (started.code !== 0 || id === undefined)
    return { status: null, users: [], running: false, output: started.output };
  try {
    const until = performance.now() + START_LIMIT_MS;
    let status: number | null = null;
    let running = true;
    while (status === null && running && !signal.aborted && performance.now() < until) {
      status = await ask(id, port);
      running = (await docker(['inspect', '-f', '{{.State.Running}}', id], limits)).output.trim() === 'true';
      if (status === null && running) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const { output } = await docker(['logs', id], limits);
    const top = await docker(['top', id, '-eo', 'uid'], limits);
    const users =
      top.code === 0
        ? top.output
            .trim()
            .split('\n')
            .slice(1)
            .map((line) => line.trim())
        : [];
    return { status, users: [...new Set(users)], running, output };
  } finally {
    await docker(['rm', '-f', id], { milliseconds: START_LIMIT_MS });
  }
}

/** Through the published port; where the engine publishes none, by the address of the container. */
async function ask(id: string, port: number): Promise<number | null> {
  const inspected = await docker(
    ['inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', id],
    { milliseconds: 5_000 },
  );
  const address = inspected.output.trim();
  const published = { host: '127.0.0.1', port };
  for (const place of /^[\d.]+$/.test(address) ? [published, { host: address, port: 8000 }] : [published]) {
    const status = await statusOf(place);
    if (status !== null) return status;
  }
  return null;
}

/** The clinic answers only to a name of this machine. */
function statusOf({ host, port }: { readonly host: string; readonly port: number }): Promise<number | null> {
  return new Promise((resolve) => {
    const options = { host, port, path: '/healthz', headers: { host: 'localhost' }, timeout: 3_000 };
    const sent = request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(null));
    sent.end();
  });
}

const START_LIMIT_MS = 20_000;
