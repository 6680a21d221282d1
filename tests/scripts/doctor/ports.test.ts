import { createServer, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineClinicPort, examineGuidePort } from '../../../scripts/doctor/port.ts';
import { listeningSockets, parseLsof, parseNetstat } from '../../../scripts/doctor/port-holder.ts';
import { freePort } from '../../../clinic/free-port.ts';
import { examined, surroundings } from './surroundings.ts';

async function taken(host: string): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
const hasIpv6 = await taken6();

test('a free port is free', async () => {
  const guide = await freePort();
  const seen = await surroundings({}, { ports: { guide, clinic: 0 } });
  expect(await examined(examineGuidePort, seen)).toEqual({ state: 'ok', says: `${guide} is free` });
});

test('a port that is taken is said, with its holder and a free one', async () => {
  const clinic = await taken('127.0.0.1');
  const seen = await surroundings({}, { ports: { guide: 0, clinic } });
  const diagnosis = await examined(examineClinicPort, seen);
  expect(diagnosis.state).toBe('broken');
  if (process.platform === 'linux')
    expect(diagnosis.says).toMatch(new RegExp(`^${clinic} is taken by .+ \\(process ${process.pid}\\)$`));
  expect(diagnosis).toHaveProperty('remedy', expect.stringMatching(/^npm start -- --app-port \d+$/));
});

test.runIf(hasIpv6)(
  'localhost has a second address, and a browser may find another program there',
  async () => {
    const guide = await taken('::1');
    const seen = await surroundings({}, { ports: { guide, clinic: 0 } });
    expect((await examined(examineGuidePort, seen)).says).toContain('on [::1], which is localhost as well');
  },
);

test('a port that the workshop itself uses is no fault', async () => {
  const guide = await taken('127.0.0.1');
  const files = {
    '.workshop/started.json': JSON.stringify({ guide: `http://127.0.0.1:${guide}`, clinic: '' }),
  };
  const seen = await surroundings(files, { ports: { guide, clinic: 0 } });
  expect(await examined(examineGuidePort, seen)).toMatchObject({ state: 'ok' });
});

describe('who holds it, in the words of', () => {
  test('Linux', () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0FA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11111 1
   1: 0100007F:0FA0 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 22222 1
   2: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 33333 1`;
    expect(listeningSockets(table, 4000)).toEqual(['11111']);
  });

  test('macOS', () => {
    expect(parseLsof('p4242\ncnode\nf21\n')).toBe('node (process 4242)');
    expect(parseLsof('')).toBeNull();
    expect(parseLsof(null)).toBeNull();
  });

  test('Windows, in any language', () => {
    const table = `
  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    127.0.0.1:4000         127.0.0.1:50000        HERGESTELLT      1
  TCP    127.0.0.1:4000         0.0.0.0:0              ABHÖREN          4242\r
  TCP    127.0.0.1:14000        0.0.0.0:0              ABHÖREN          9`;
    expect(parseNetstat(table, 4000)).toBe('4242');
    expect(parseNetstat(table, 4001)).toBeNull();
  });
});

async function taken6(): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(0, '::1', () => server.close(() => resolve(true)));
  });
}
