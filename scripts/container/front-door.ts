import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { WorkshopError } from '../../model/workshop-error.ts';

export interface FrontDoor {
  close(): Promise<void>;
}

export interface DoorPlan {
  /** On loopback; what the forwarding hands in. */
  readonly port: number;
  /** On loopback; where guide or clinic listens. 0 until it does. */
  readonly to: () => number;
  /** Where the browser finds `port`. */
  readonly publicUrl: string;
}

/**
 * For a browser on another computer, behind a port that is forwarded (Codespaces): guide and clinic answer to localhost
 * alone and take forms from their own pages alone. The door knows the public name of their port and says it in their words;
 * any other name is refused here, as they would refuse it. Throws `PORT_TAKEN`.
 */
export async function openFrontDoor({ port, to, publicUrl }: DoorPlan): Promise<FrontDoor> {
  const door = new URL(publicUrl);
  const server = createServer((incoming, response) => {
    if (!isKnown(incoming.headers.host, door, portOf(server))) return refuse(response, 421, REFUSED);
    const headers = inItsWords(incoming.headers, door, to());
    const onward = request({
      host: '127.0.0.1',
      port: to(),
      path: incoming.url,
      method: incoming.method,
      headers,
    });
    pass(incoming, onward, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(taken(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Both ends are let go when either goes: an event stream would stay open for ever. */
function pass(incoming: IncomingMessage, onward: ReturnType<typeof request>, response: ServerResponse): void {
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.once('error', () => response.destroy());
  });
  onward.once('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, NOT_THERE);
  });
  response.once('close', () => onward.destroy());
  incoming.pipe(onward);
}

/** The forwarding spells `Host` as localhost or leaves the public name. */
function isKnown(host: string | undefined, door: URL, port: number): boolean {
  return [door.host, ...LOOPBACK.map((name) => `${name}:${port}`)].includes((host ?? '').toLowerCase());
}

export function inItsWords(headers: IncomingHttpHeaders, door: URL, to: number): IncomingHttpHeaders {
  const own = `http://localhost:${to}`;
  const isOurs = headers.origin === door.origin;
  const fromOurs =
    URL.canParse(headers.referer ?? '') && new URL(headers.referer ?? '').origin === door.origin;
  return {
    ...headers,
    host: `localhost:${to}`,
    ...(isOurs ? { origin: own } : {}),
    ...(fromOurs ? { referer: headers.referer?.replace(door.origin, own) } : {}),
  };
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const taken = (port: number, cause: unknown) =>
  new WorkshopError('PORT_TAKEN', `Port ${port} was to be opened, and another program uses it already.`, {
    remedy: `Stop that program, or choose another port: npm start -- --port ${port + 1}`,
    cause,
  });

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const REFUSED = 'The workshop answers only by the names of this computer and of its forwarded port.\n';
const NOT_THERE =
  'It is not running yet, or not any more. Look at the terminal of npm start, then load this again.\n';
