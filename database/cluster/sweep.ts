import { dropStatement } from './database.ts';
import { listHalfMade, listMarked, livingOwners, type MarkedDatabase } from './mark.ts';
import type { Session } from './session.ts';
import { isTemplate } from './template.ts';

/**
 * Drops what nobody needs any more; answers how many databases that were. `isOurs`: the whole server is, so that what
 * bears our name but no mark is nobody else's.
 */
export async function sweepDatabases(session: Session, { isOurs }: { isOurs: boolean }): Promise<number> {
  const isLiving = await livingOwners(session);
  const marked = await listMarked(session);
  const abandoned: MarkedDatabase[] = [];
  for (const database of marked) {
    const isFinished = isTemplate(database) && database.mark.state === 'built';
    if (!isFinished && !(await isLiving(database.mark.owner))) abandoned.push(database);
  }
  const built = marked.filter(isTemplate).filter(({ mark }) => mark.state === 'built');
  const oldest = built.toSorted((a, b) => b.mark.used.localeCompare(a.mark.used)).slice(TEMPLATES_KEPT);

  const halfMade = isOurs ? await listHalfMade(session) : [];
  const names = [...abandoned, ...oldest].map(({ name }) => name);

  let dropped = 0;
  for (const name of [...names, ...halfMade]) dropped += (await tryDrop(session, name)) ? 1 : 0;
  return dropped;
}

/** Another administrator's database on the same server is not ours to drop, and another process may be faster. */
async function tryDrop(session: Session, name: string): Promise<boolean> {
  try {
    await session.query(dropStatement(name));
    return true;
  } catch {
    return false;
  }
}

/** A step or two each, in the variants of a running workshop; about 8 MB apiece. */
const TEMPLATES_KEPT = 12;
