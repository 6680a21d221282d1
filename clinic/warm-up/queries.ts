import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';

/** Asks queries through a pool, of a stand-in for a server that has the same row for each. */
export async function askQueries(signal: AbortSignal): Promise<void> {
  const server = net.createServer((socket) => {
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(READY);
      socket.on('data', (asked: Buffer) => void (asked[0] === GOODBYE ? socket.end() : socket.write(ROW)));
    });
  });
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening', { signal });
    await ask((server.address() as net.AddressInfo).port, signal);
  } finally {
    server.close();
  }
}

async function ask(port: number, signal: AbortSignal): Promise<void> {
  const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', database: 'nothing', ssl: false });
  pool.on('error', () => undefined);
  try {
    for (let turn = 0; turn < TURNS && !signal.aborted; turn += 1)
      await pool.query('SELECT $1::text AS one', [`turn ${turn}`]);
  } finally {
    await pool.end();
  }
}

function message(letter: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(letter);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const bytes = (...numbers: readonly number[]) => Buffer.from(numbers);

// The server's side of the protocol: nobody is asked for a password; then one column `one` of type text, one row.
const READY = Buffer.concat([message('R', bytes(0, 0, 0, 0)), message('Z', Buffer.from('I'))]);
const TEXT = bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0);
const ROW = Buffer.concat([
  message('1'),
  message('2'),
  message('T', bytes(0, 1), Buffer.from('one\0'), TEXT),
  message('D', bytes(0, 1, 0, 0, 0, 3), Buffer.from('one')),
  message('C', Buffer.from('SELECT 1\0')),
  message('Z', Buffer.from('I')),
]);
const GOODBYE = 'X'.charCodeAt(0);
const TURNS = 40;
