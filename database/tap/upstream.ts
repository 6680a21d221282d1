import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import type { EngineAddress } from '../engine-address.ts';
import { sslRequest } from './startup.ts';

/** A socket to the server, encrypted when its address says so. Rejects when it can't be had. */
export async function connectUpstream(address: EngineAddress): Promise<net.Socket> {
  const { host, port } = address;
  const plain = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host);
  await connected(plain, 'connect');
  plain.on('error', () => undefined);
  plain.setNoDelay(true);
  plain.setKeepAlive(true);
  return address.ssl ? encrypt(plain, host) : plain;
}

async function encrypt(plain: net.Socket, host: string): Promise<net.Socket> {
  plain.write(sslRequest());
  const [answer] = (await once(plain, 'data')) as [Buffer];
  if (answer.toString('latin1') !== 'S') {
    plain.destroy();
    throw new Error('the server has no TLS');
  }
  const encrypted = tls.connect({
    socket: plain,
    servername: net.isIP(host) === 0 ? host : '',
    rejectUnauthorized: false,
  });
  await connected(encrypted, 'secureConnect');
  return encrypted;
}

async function connected(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  try {
    await once(socket, event);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
