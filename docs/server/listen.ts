import { createServer, type RequestListener } from 'node:http';
import { WorkshopError } from '../../model/workshop-error.ts';

export interface Listening {
  readonly port: number;
  /** Hands every request from now on to this application, which could not be made before the port was known. */
  accept(application: RequestListener): void;
  close(): Promise<void>;
}

/** Throws a `WorkshopError` with code PORT_TAKEN or LISTEN_REFUSED. */
export async function listen({ host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refusal(cause, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('a TCP server has an address and a port');

  return {
    port: address.port,
    accept: (application) => void server.on('request', application),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function refusal(cause: NodeJS.ErrnoException, host: string, port: number): WorkshopError {
  if (cause.code === 'EADDRINUSE') {
    return new WorkshopError(
      'PORT_TAKEN',
      `The guide should answer on port ${port}, and another program does already.`,
      {
        remedy: 'Stop that program, or choose another port: npm start -- --port 4001',
        cause,
      },
    );
  }
  return new WorkshopError(
    'LISTEN_REFUSED',
    `The guide could not listen on ${host}:${port}: ${cause.message}.`,
    {
      remedy: 'Choose another port: npm start -- --port 4001',
      cause,
    },
  );
}
