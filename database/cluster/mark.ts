import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { identifyProcess, processIdentitySchema, processState } from '../process-identity.ts';
import type { Session } from './session.ts';

/** Who made a database: a process, known to the server by the name of the one session it always holds. */
const ownerSchema = processIdentitySchema.extend({ session: z.string() });

/** The comment on each database of ours. What bears none, or no name that begins as ours do, is never touched. */
const markSchema = z.discriminatedUnion('kind', [
  z.object({ workshop: z.literal('second-opinion'), kind: z.literal('clone'), owner: ownerSchema }),
  z.object({
    workshop: z.literal('second-opinion'),
    kind: z.literal('template'),
    key: z.string(),
    state: z.enum(['building', 'built']),
    owner: ownerSchema,
    /** ISO 8601, to the hour or so. */
    used: z.string(),
  }),
]);

export type Owner = z.infer<typeof ownerSchema>;
export type Mark = z.infer<typeof markSchema>;

export interface MarkedDatabase {
  readonly name: string;
  readonly mark: Mark;
}

export async function createOwner(): Promise<Owner> {
  return { ...(await identifyProcess()), session: `${OWNER_SESSION} ${randomBytes(8).toString('hex')}` };
}

export async function listMarked(session: Session): Promise<readonly MarkedDatabase[]> {
  const { rows } = await session.query<{ name: string; comment: string | null }>(LIST, [`${PREFIX}%`]);
  return rows.flatMap(({ name, comment }) => {
    const mark = parseMark(comment);
    return mark === null ? [] : [{ name, mark }];
  });
}

/** Databases whose maker was killed between making and marking them: told by the process in their name. */
export async function listHalfMade(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string; comment: string | null }>(LIST, [`${PREFIX}%`]);
  const unmarked = rows.filter(({ comment }) => comment === null).map(({ name }) => name);
  return unmarked.filter((name) => {
    const [, pid] = MAKER.exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export async function setMark(session: Session, name: string, mark: Mark): Promise<void> {
  await session.query(`COMMENT ON DATABASE ${name} IS '${JSON.stringify(mark).replaceAll("'", "''")}'`);
}

/** Alive when either the server or this machine knows it: a session may break, and a process may be another machine's. */
export async function livingOwners(session: Session): Promise<(owner: Owner) => Promise<boolean>> {
  const { rows } = await session.query<{ name: string }>(LIST_OWNERS, [`${OWNER_SESSION} %`]);
  const connected = new Set(rows.map((row) => row.name));
  return async (owner) => connected.has(owner.session) || (await processState(owner)) === 'alive';
}

function parseMark(comment: string | null): Mark | null {
  try {
    return markSchema.parse(JSON.parse(comment ?? ''));
  } catch {
    return null;
  }
}

export const PREFIX = 'second_opinion_';

const OWNER_SESSION = 'second opinion, owner';
/** How clones and templates end their names. */
const MAKER = /_(\d+)_[0-9a-f]{8}$/;
const LIST = `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
  WHERE datname LIKE replace($1, '_', '\\_') ORDER BY datname`;
const LIST_OWNERS = 'SELECT application_name AS name FROM pg_stat_activity WHERE application_name LIKE $1';
