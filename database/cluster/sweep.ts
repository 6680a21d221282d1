import { dropStatement } from './database.ts';
import { listMarked, livingOwners, type MarkedDatabase } from './mark.ts';
import type { Session } from './session.ts';
import { isTemplate } from './template.ts';

/** Drops what nobody needs any more; answers how many databases that were. */
export async function sweepDatabases(session: Session): Promise<number> {
  const isLiving = await livingOwners(session);
  const marked = await listMarked(session);
  const abandoned: MarkedDatabase[] = [];
  for (const database of marked) {
    const isFinished = isTemplate(database) && database.mark.state === 'built';
    if (!isFinished && !(await isLiving(database.mark.owner))) abandoned.push(database);
  }
  const built = marked.filter(isTemplate).filter(({ mark }) => mark.state === 'built');
  const oldest = built.toSorted((a, b) => b.mark.used.localeCompare(a.mark.used)).slice(TEMPLATES_KEPT);

  let dropped = 0;
  for (const { name } of [...abandoned, ...oldest]) dropped += (await tryDrop(session, name)) ? 1 : 0;
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
