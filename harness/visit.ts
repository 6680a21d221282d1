import { Agent, request } from 'node:http';
import { ClinicFailure } from '../clinic/failure.ts';
import { afterWaking } from '../clinic/waking-time.ts';
import type { TappedStatement } from '../database/tap.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Page, parsePage } from './page.ts';

/** One request, its answer, and every statement that reached PostgreSQL between the two. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly milliseconds: number;
  readonly statements: readonly TappedStatement[];
  page(): Page;
  /** For a finding; long bodies are cut. */
  evidence(): Evidence;
}

/** Somebody with a browser: requests one after the other, with their cookies. */
export interface Visitor {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Exchange>;
  /** Sends a form, url-encoded. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Exchange>;
  close(): void;
}

interface Around {
  readonly port: number;
  /** Rejects when the clinic ends by itself. */
  readonly died: Promise<never>;
  readonly signal: AbortSignal;
  before(): Promise<void>;
  after(): Promise<readonly TappedStatement[]>;
}

export function createVisitor(around: Around): Visitor {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();

  async function visit(
    method: string,
    path: string,
    body: string | null,
    extra: Readonly<Record<string, string>>,
  ): Promise<Exchange> {
    await around.before();
    const headers = {
      ...(cookies.size > 0
        ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
        : {}),
      ...(body === null
        ? {}
        : {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(Buffer.byteLength(body)),
          }),
      ...extra,
    };
    const started = performance.now();
    const answer = await Promise.race([send(agent, around, method, path, headers, body), around.died]);
    const milliseconds = performance.now() - started;
    keepCookies(cookies, answer.headers['set-cookie']);
    const statements = await around.after();
    let page: Page | null = null;
    return {
      method,
      path,
      ...answer,
      milliseconds,
      statements,
      page: () => (page ??= parsePage(answer.body)),
      evidence: () => ({
        kind: 'exchange',
        request: { method, path, ...(body === null ? {} : { body }) },
        response: { status: answer.status, body: answer.body.slice(0, 2_000) },
      }),
    };
  }

  return {
    get: (path, headers = {}) => visit('GET', path, null, headers),
    post: (path, form = {}) => visit('POST', path, new URLSearchParams(form).toString(), {}),
    close: () => agent.destroy(),
  };
}

function send(
  agent: Agent,
  around: Around,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | null,
): Promise<{ status: number; headers: Exchange['headers']; body: string }> {
  return new Promise((resolve, reject) => {
    let answering = false;
    let tooLate = false;
    const stopWaiting = afterWaking(ANSWER_LIMIT_MS, () => {
      tooLate = true;
      sent.destroy();
      reject(new ClinicFailure(noAnswer(method, path)));
    });
    const fail = (error: Error) => {
      stopWaiting();
      // Our own cut: nobody waits for this answer any more, and nobody would catch what became of a second request.
      if (tooLate) return;
      if (around.signal.aborted) return reject(error);
      // A kept connection may have been closed since its last answer: no word about this request. Browsers ask again, too.
      if (sent.reusedSocket && !answering) return resolve(send(agent, around, method, path, headers, body));
      // A clinic that ended explains itself in `died` a moment later; what is left is a connection cut by its handler.
      afterWaking(DEATH_IS_KNOWN_BY_MS, () => reject(new ClinicFailure(connectionCut(method, path, error))));
    };
    const sent = request(
      { host: '127.0.0.1', port: around.port, agent, method, path, headers, signal: around.signal },
      (response) => {
        answering = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', fail);
        response.once('end', () => {
          stopWaiting();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    sent.once('error', fail);
    sent.end(body ?? undefined);
  });
}

function keepCookies(jar: Map<string, string>, set: string | string[] | undefined): void {
  for (const line of [set ?? []].flat()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name.trim());
    else jar.set(name.trim(), value);
  }
}

function noAnswer(method: string, path: string) {
  return {
    ruleId: 'clinic/no-answer',
    level: 'error',
    message: `The clinic did not answer ${method} ${path} within ${ANSWER_LIMIT_MS / 1000} seconds.`,
    tried: `${method} ${path}`,
    expected: 'An answer: a page, a redirect or an error page.',
    observed: `Nothing for ${ANSWER_LIMIT_MS / 1000} seconds, while the process was alive.`,
    why: 'A handler that takes a path without sending an answer leaves the browser waiting for ever.',
  } as const;
}

function connectionCut(method: string, path: string, error: Error) {
  return {
    ruleId: 'clinic/connection-cut',
    level: 'error',
    message: `The clinic closed the connection of ${method} ${path} without an answer.`,
    tried: `${method} ${path}`,
    expected: 'An answer: a page, a redirect or an error page.',
    observed: error.message,
  } as const;
}

/** Longer than the watchdog's limit, so that a loop is named by its line and not by its silence. */
const ANSWER_LIMIT_MS = 8_000;
/** Longer than a clinic's last words are waited for. */
const DEATH_IS_KNOWN_BY_MS = 1_000;
