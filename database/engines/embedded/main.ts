/** The embedded engine's process: a child of the one that uses it, which ends when its parent is gone. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { clinicRole } from '../../cluster/role.ts';
import { openBase } from './base.ts';
import { createDatabases } from './databases.ts';
import { createDesk } from './desk.ts';
import { type EngineOrder, engineOrderSchema, type EngineReport } from './engine-message.ts';
import { readPrograms } from './instance.ts';
import { serveClient } from './session.ts';
import { createTemplates } from './templates.ts';

serve();

function serve(): void {
  const tell = (report: EngineReport) => void process.send?.(report);
  let folder: string | null = null;
  process.once('message', (message) => {
    const order = engineOrderSchema.parse(message);
    if ('file' in order.listen) folder = path.dirname(order.listen.file);
    open(order, tell).catch((error: unknown) => {
      tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
      process.disconnect();
    });
  });
  // The owner decides when this ends; Ctrl+C reaches the whole group at once.
  process.on('SIGINT', () => {});
  // All is in memory and the threads end with the process, so there is nothing to close but the socket's folder.
  process.once('disconnect', () => {
    const gone = folder === null ? Promise.resolve() : rm(folder, { recursive: true, force: true });
    void gone.finally(() => process.exit(0));
  });
}

async function open(
  { home, password, listen }: EngineOrder,
  tell: (report: EngineReport) => void,
): Promise<void> {
  const administrator = { name: 'postgres', password, database: 'postgres' };
  const clinic = clinicRole({ kind: 'embedded', user: administrator.name, password });
  const programs = await readPrograms();
  const base = await openBase(home, programs, clinic.name, (line) => tell({ type: 'progress', line }));
  const databases = createDatabases(programs);
  const desk = createDesk({ administrator, clinic }, databases, createTemplates(databases, base));

  // That a backend starts with these data is part of being ready.
  const probe = await databases.create('probe', base);
  const greeting = await probe.instance.greeting;
  const version = /server_version\0([\d.]+)/.exec(greeting.toString('latin1'))?.[1] ?? '';
  await databases.drop('probe');

  const server = net.createServer({ noDelay: true }, (socket) => serveClient(socket, desk));
  if ('file' in listen) {
    await rm(listen.file, { force: true });
    server.listen(listen.file);
  } else server.listen(listen.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  tell({ type: 'ready', version, port: typeof address === 'object' && address !== null ? address.port : 0 });
}
