import { describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';
import { createVisitor, fieldOf, logIn } from '../visitor.ts';

export function describeLogin(clinic: () => RunningClinic): void {
  describe('login', () => {
    test('the form says that everything is synthetic and names the demo doctors', async () => {
      const page = await createVisitor(clinic().url).get('/login');
      expect(page.status).toBe(200);
      expect(page.html.querySelector('[data-banner="training"]')?.text).toContain('Synthetic patients');
      expect(page.text).toContain('amara.okafor@clinic.example');
    });

    test('every demo doctor logs in and is named on every page', async () => {
      for (const [email, name] of Object.entries(DOCTORS)) {
        const doctor = await logIn(clinic().url, email);
        const page = await doctor.get('/facilities');
        expect(fieldOf(page.html, 'signed-in').text).toBe(name);
      }
    });

    test('a wrong password, an unknown address and nothing at all are refused alike', async () => {
      const email = 'amara.okafor@clinic.example';
      for (const form of [
        { email, password: 'wrong' },
        { email: 'nobody@clinic.example', password: 'x' },
        {},
      ]) {
        const visitor = createVisitor(clinic().url);
        const page = await visitor.post('/login', form as Record<string, string>);
        expect([page.status, page.error]).toEqual([401, 'login-failed']);
        expect(visitor.cookie).toBe('');
      }
    });

    test('the address may be written in capitals', async () => {
      const form = { email: ' Amara.Okafor@Clinic.Example ', password: 'second-opinion' };
      expect((await createVisitor(clinic().url).post('/login', form)).status).toBe(303);
    });

    test('a login leads to the page that asked for it, and never to another site', async () => {
      for (const [next, expected] of [
        ['/patients/1?x=1', '/patients/1?x=1'],
        ['//evil.example', '/facilities'],
        ['/\\evil.example', '/facilities'],
        ['https://evil.example', '/facilities'],
      ] as const) {
        const form = { email: 'amara.okafor@clinic.example', password: 'second-opinion', next };
        const page = await createVisitor(clinic().url).post('/login', form);
        expect([page.status, page.location]).toEqual([303, expected]);
      }
    });

    test('who is logged in is sent on from the login form', async () => {
      const page = await (await logIn(clinic().url, 'amara.okafor')).get('/login');
      expect([page.status, page.location]).toEqual([303, '/facilities']);
    });

    test('logging out ends the session', async () => {
      const doctor = await logIn(clinic().url, 'amara.okafor');
      const out = await doctor.post('/logout');
      expect([out.status, out.location]).toEqual([303, '/login']);
      expect((await doctor.get('/facilities')).status).toBe(401);
    });

    test('a cookie that was tampered with is nobody', async () => {
      const { cookie } = await logIn(clinic().url, 'amara.okafor');
      const forged = cookie.replace('=1.', '=2.');
      expect(forged).not.toBe(cookie);
      for (const bad of [forged, `${cookie}0`, 'clinic_session=1', 'clinic_session=..']) {
        const page = await createVisitor(clinic().url).get('/facilities', { cookie: bad });
        expect([page.status, page.error]).toEqual([401, 'login-required']);
      }
      expect((await createVisitor(clinic().url).get('/facilities', { cookie })).status).toBe(200);
    });

    test('every page of the clinic asks for the login, and keeps where one wanted to go', async () => {
      for (const path of GUARDED) {
        const page = await createVisitor(clinic().url).get(path);
        expect([path, page.status, page.error]).toEqual([path, 401, 'login-required']);
        if (!path.endsWith('/new'))
          expect(page.html.querySelector('[name="next"]')?.getAttribute('value')).toBe(path);
      }
    });
  });
}

const DOCTORS = {
  'amara.okafor': 'Amara Okafor',
  'lukas.brandt': 'Lukas Brandt',
  'ines.carvalho': 'Ines Carvalho',
  'tom.whitfield': 'Tom Whitfield',
  'yuki.tanabe': 'Yuki Tanabe',
};
const GUARDED = [
  '/',
  '/facilities',
  '/facilities/1',
  '/facilities/1/patients/new',
  '/facilities/1/report',
  '/patients/search?name=jo',
  '/patients/export?facility=1',
  '/patients/1',
  '/patients/1/notes',
  '/notes/1',
];
