import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { createVisitor } from '../visitor.ts';

export function describeSafety(clinic: () => RunningClinic): void {
  /** `fetch` does not let a caller choose the Host header. */
  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${clinic().url}/healthz`, { headers: { host } }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      asked.on('error', reject);
      asked.end();
    });

  describe('safety', () => {
    test('it listens on 127.0.0.1 unless told otherwise', () => {
      expect(new URL(clinic().url).hostname).toBe('127.0.0.1');
    });

    test('only names of this machine are answered, at any port', async () => {
      for (const host of ['localhost', 'localhost:8000', 'LOCALHOST:1', '127.0.0.1:4000', '[::1]:8000'])
        expect([host, await statusFor(host)]).toEqual([host, 200]);
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
        '10.0.0.1',
        '0.0.0.0',
      ])
        expect([host, await statusFor(host)]).toEqual([host, 421]);
    });

    test('forms of other sites are refused, also of other ports', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const origin of ['http://evil.example', 'http://127.0.0.1:1', 'null'])
        expect((await doctor.post('/logout', {}, { origin })).status).toBe(403);
      expect((await doctor.get('/facilities', { origin: 'http://evil.example' })).status).toBe(200);
      expect((await doctor.post('/logout', {}, { origin: clinic().url })).status).toBe(303);
    });

    test('every page, refusals too, says that it is a training application', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const path of [...PAGES, '/nothing-here', '/facilities/3', "/patients/search?name='"]) {
        const visitor = path === '/login' ? createVisitor(clinic().url) : doctor;
        const page = await visitor.get(path);
        expect([path, page.html.querySelectorAll('[data-banner="training"]').length]).toEqual([path, 1]);
      }
    });

    test('pages ask no other server for anything', async () => {
      const doctor = await clinic().as('amara.okafor');
      for (const path of [...PAGES, '/style.css'])
        expect((await doctor.get(path)).text).not.toMatch(/https?:\/\/|@import|url\(/);
    });

    test('the liveness page needs no login and says which keys are there, never what they are', async () => {
      const page = await createVisitor(clinic().url).get('/healthz');
      expect(JSON.parse(page.text)).toEqual({
        status: 'ok',
        sms_gateway: 'configured',
        backup_bucket: 'configured',
      });
    });

    test('an unknown page, a broken escape and a huge form are answered, and nothing crashes', async () => {
      const doctor = await clinic().as('amara.okafor');
      expect((await doctor.get('/nothing-here')).error).toBe('page-not-found');
      expect((await doctor.get('/patients/%E0%A4%A')).status).toBe(400);
      expect((await doctor.post('/patients/1/notes', { body: 'x'.repeat(200_000) })).status).toBe(413);
      expect((await doctor.get('/facilities')).status).toBe(200);
    });

    test('a database error is a page with its message, and the next request is answered', async () => {
      const doctor = await clinic().as('amara.okafor');
      await clinic().database.query('ALTER TABLE notes RENAME TO notes_away');
      const page = await doctor.get('/patients/1');
      await clinic().database.query('ALTER TABLE notes_away RENAME TO notes');
      expect([page.status, page.error]).toEqual([500, 'server-error']);
      expect(page.text).toContain('relation &#34;notes&#34; does not exist');
      expect((await doctor.get('/patients/1')).status).toBe(200);
    });

    test('connections that the server cuts are replaced', async () => {
      const doctor = await clinic().as('amara.okafor');
      await clinic().database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND usename = '${clinic().database.target.role}'`,
      );
      await expect.poll(async () => (await doctor.get('/facilities')).status).toBe(200);
    });

    test('SIGTERM ends it at once, with nothing said but where it listened', async () => {
      expect(await clinic().stop()).toEqual({ code: 0, signal: null });
      expect(clinic().output()).toBe(`Clinic listening on ${clinic().url}\n`);
    });
  });
}

const PAGES = [
  '/login',
  '/facilities',
  '/facilities/1',
  '/facilities/1/patients/new',
  '/patients/search',
  '/patients/1',
  '/patients/1/notes',
  '/notes/1',
];
