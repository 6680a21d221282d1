import type { Request, Response } from 'express';
import { pool } from '../database.ts';
import { formError, html, sendPage } from '../html.ts';
import { authenticate, closeSession, currentDoctor, openSession } from '../sessions.ts';

export async function loginPage(request: Request, response: Response): Promise<void> {
  if (currentDoctor(response) !== null) {
    response.redirect(303, '/facilities');
    return;
  }
  await sendLogin(response, { next: localPath(request.query['next']) });
}

export async function logIn(request: Request, response: Response): Promise<void> {
  const email = String(request.body?.email ?? '').trim();
  const password = String(request.body?.password ?? '');
  const next = localPath(request.body?.next);

  const doctorId = await authenticate(email, password);
  if (doctorId === null) {
    response.status(401);
    await sendLogin(response, { next, email, error: 'login-failed', message: 'E-mail or password is wrong' });
    return;
  }
  openSession(response, doctorId);
  response.redirect(303, next);
}

export function logOut(_request: Request, response: Response): void {
  closeSession(response);
  response.redirect(303, '/login');
}

interface LoginForm {
  /** Where to go after the login. */
  next: string;
  email?: string;
  error?: string;
  message?: string;
}

export async function sendLogin(response: Response, form: LoginForm): Promise<void> {
  const { rows: doctors } = await pool.query<{ name: string; email: string }>(
    'SELECT name, email FROM doctors ORDER BY id LIMIT 6',
  );
  sendPage(
    response,
    'Log in',
    html`<div class="narrow">
      <section class="card">
        <h1>Log in</h1>
        ${form.error && form.message && formError(form.error, form.message)}
        <form method="post" action="/login" class="stacked">
          <input type="hidden" name="next" value="${form.next}" />
          <label>
            E-mail
            <input name="email" type="email" value="${form.email}" list="doctors" autocomplete="username" required autofocus />
          </label>
          <datalist id="doctors">${doctors.map((doctor) => html`<option value="${doctor.email}">${doctor.name}</option>`)}</datalist>
          <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
          <button>Log in</button>
        </form>
      </section>
      <section class="aside">
        <h2>Demo doctors</h2>
        <p>The password of each is <code>second-opinion</code>.</p>
        <ul class="plain">
          ${doctors.map((doctor) => html`<li><span>${doctor.name}</span> <code>${doctor.email}</code></li>`)}
        </ul>
      </section>
    </div>`,
  );
}

/** Only a path of this application, never another site. */
function localPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/facilities';
}
