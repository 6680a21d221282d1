import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { broken, type Examination, type ExaminationId, ok } from './diagnosis.ts';
import { holderOf } from './port-holder.ts';

export const examineGuidePort = examinePort('guide-port', 'guide', '--port');
export const examineClinicPort = examinePort('clinic-port', 'clinic', '--app-port');

function examinePort(id: ExaminationId, whose: 'guide' | 'clinic', option: string): Examination {
  return {
    id,
    title: `Port (${whose})`,
    async examine({ root, environment, platform, ports }, signal) {
      const port = ports[whose];
      const taken = await takenAt(port);
      if (taken.length === 0) return ok(`${port} is free`);
      if (await isOurs(root, port)) return ok(`${port} is used by the workshop that runs in this folder`);
      const holder = await holderOf(port, { environment, platform, signal });
      // A browser may try [::1] first when it is told localhost, and would meet the other program.
      const where = taken.includes('127.0.0.1') ? '' : ' on [::1], which is localhost as well';
      const says = `${port} is taken by ${holder ?? 'another program'}${where}`;
      return broken(says, `npm start -- ${option} ${await nextFree(port + 1)}`);
    },
  };
}

async function takenAt(port: number): Promise<string[]> {
  const found: string[] = [];
  for (const host of HOSTS) if (await isTaken(port, host)) found.push(host);
  return found;
}

/** Only a program in its place takes it: a computer without IPv6 refuses otherwise. */
function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(TAKEN.includes(error.code ?? '')));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(false)));
  });
}

async function nextFree(first: number): Promise<number> {
  for (let port = first; port < first + 50; port += 1) if ((await takenAt(port)).length === 0) return port;
  return 0;
}

/** As `npm start` announces itself. */
async function isOurs(root: string, port: number): Promise<boolean> {
  const text = await readFile(join(root, '.workshop', 'started.json'), 'utf8').catch(() => '');
  return new RegExp(`[:-]${port}\\b`).test(text);
}

const HOSTS = ['127.0.0.1', '::1'];
/** EACCES: Windows keeps ranges of ports for itself, and below 1024 only root listens. */
const TAKEN = ['EADDRINUSE', 'EACCES'];
