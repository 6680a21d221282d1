import { request } from 'node:http';
import { freePort } from '../../../clinic/free-port.ts';
import { createTar } from '../oci/tar.ts';
import type { ComposeStart } from './compose-start.ts';
import { askEngine, docker, removeForSure } from './docker.ts';
import { engineFailed } from './engine-errors.ts';
import { listedUsers } from './real-users.ts';

export interface RealContainer {
  /** `null`: it answered nothing within the time. */
  readonly status: number | null;
  /** Numbers of the users that its processes run as; none where the engine can't list them. */
  readonly users: readonly string[];
  readonly running: boolean;
  readonly output: string;
}

interface ContainerLimits {
  /** For each question to the engine. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * Starts the image, waits until it answers `/healthz`, and removes the container with its volumes. There is no database:
 * 500 is an answer. Throws what is no answer about the image: `ENGINE_SILENT`, `ENGINE_FAILED`, `LEFT_BEHIND`
 * and `INTERRUPTED`.
 */
export async function tryContainer(
  tag: string,
  { flags, command, files }: ComposeStart,
  limits: ContainerLimits,
): Promise<RealContainer> {
  const port = await freePort();
  const name = tag.replace(/\W/g, '-');
  const published = ['-p', `127.0.0.1:${port}:8000`];
  try {
    const made = await askEngine(['create', '--name', name, ...published, ...flags, tag, ...command], limits);
    if (made.code !== 0) return notStarted(made.output);
    if (files.length > 0) {
      const copied = await askEngine(['cp', '-', `${name}:/`], { ...limits, input: createTar(files) });
      if (copied.code !== 0) throw engineFailed('docker cp', copied.output);
    }
    const started = await askEngine(['start', name], limits);
    if (started.code !== 0 && PORT_TAKEN.test(started.output))
      throw engineFailed('docker start', started.output);
    if (started.code !== 0) return notStarted(started.output);
    const seen = await waitForAnswer(name, port, limits);
    const top = await askEngine(['top', name, '-eo', 'pid,uid'], limits);
    return { ...seen, users: top.code === 0 ? listedUsers(top.output) : [] };
  } finally {
    // By its name: a client that is stopped has not said the number of what it made.
    await removeForSure(['rm', '-f', '-v', name]);
  }
}

/** Until it answers or ends. One that says that it listens, and does not answer, is not waited for to the last. */
async function waitForAnswer(
  name: string,
  port: number,
  limits: ContainerLimits,
): Promise<Omit<RealContainer, 'users'>> {
  let until = performance.now() + START_LIMIT_MS;
  for (let listens = false; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const status = await ask(name, port);
    const state = await askEngine(['inspect', '-f', '{{.State.Running}}', name], limits);
    if (state.code !== 0) throw engineFailed('docker inspect', state.output);
    const running = state.output.trim() === 'true';
    const { output } = await askEngine(['logs', name], limits);
    if (status !== null || !running || performance.now() > until) return { status, running, output };
    if (listens || !/\blistening\b/i.test(output)) continue;
    listens = true;
    until = Math.min(until, performance.now() + LISTENING_LIMIT_MS);
  }
}

/** Through the published port; where the engine publishes none, by the address of the container. */
async function ask(name: string, port: number): Promise<number | null> {
  const inspected = await docker(
    ['inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', name],
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

const notStarted = (output: string): RealContainer => ({ status: null, users: [], running: false, output });

const PORT_TAKEN = /port is already allocated|address already in use|ports are not available/i;
const START_LIMIT_MS = 60_000;
const LISTENING_LIMIT_MS = 10_000;
