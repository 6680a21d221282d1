/** For a check that must tell the clinic's failure from its own. */
export { ClinicFailure } from '../clinic/failure.ts';
import type { ClinicProcess } from '../clinic/process.ts';
import { freePort } from '../clinic/free-port.ts';
import type { PreparedDatabase } from './workbench.ts';
import { ClinicFailure } from '../clinic/failure.ts';
import { createVisitor, type Visitor } from './visit.ts';

/** The learner's clinic as the judge meets it: over HTTP, with its statements seen on the wire. */
export interface Clinic {
  /** Somebody who has not logged in. */
  readonly visitor: Visitor;
  /** Somebody with a session of the doctor with this address. Throws `ClinicFailure` when the clinic lets nobody in. */
  login(email: string): Promise<Visitor>;
  readonly database: PreparedDatabase;
  /** What the clinic printed so far. */
  output(): string;
}

/** Makes `directory` run in `process` on `database`. */
export async function startClinic(
  process: ClinicProcess,
  directory: string,
  database: PreparedDatabase,
  signal: AbortSignal,
): Promise<Clinic> {
  const { port } = await process.start({ directory, databaseUrl: database.tap.url, port: await freePort() });
  const around = {
    port,
    died: process.died,
    signal,
    async before() {
      await database.tap.idle();
      database.tap.take();
    },
    async after() {
      await database.tap.idle();
      return database.tap.take();
    },
  };
  return {
    visitor: createVisitor(around),
    database,
    output: () => process.output(),
    async login(email) {
      const visitor = createVisitor(around);
      const answer = await visitor.post('/login', { email, password: DEMO_PASSWORD });
      if (answer.status !== 303 && answer.status !== 302)
        throw new ClinicFailure(noLogin(email, answer.status, answer.body));
      return visitor;
    },
  };
}

function noLogin(email: string, status: number, body: string) {
  return {
    ruleId: 'clinic/login-broken',
    level: 'error',
    message: `Nobody can log in any more: POST /login as ${email} answered ${status}.`,
    tried: `POST /login with the demo doctor ${email} and the demo password`,
    expected: 'A redirect (302 or 303) and a session cookie.',
    observed: `${status}: ${body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .slice(0, 300)}`,
  } as const;
}

const DEMO_PASSWORD = 'second-opinion';
