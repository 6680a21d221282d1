import { randomBytes } from 'node:crypto';
import { createDatabase, type DatabaseHandle, dropStatement, onServer } from './database.ts';
import { PREFIX, setMark } from './mark.ts';
import type { Template, Workplace } from './template.ts';

export async function cloneTemplate(
  place: Workplace,
  template: Template,
  purpose: string,
  onDrop: () => void,
): Promise<DatabaseHandle> {
  const { session, owner, role, address } = place;
  const name = nameClone(purpose);
  await session.query(
    `CREATE DATABASE ${name} TEMPLATE ${template.name} OWNER ${role.name}${strategy(address.version)}`,
  );
  try {
    await setMark(session, name, { workshop: 'second-opinion', kind: 'clone', owner });
  } catch (error) {
    await session.query(dropStatement(name)).catch(() => undefined);
    throw error;
  }
  return createDatabase(name, onServer(place, name), onDrop);
}

export function nameClone(purpose: string): string {
  const plain = purpose.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  return `${PREFIX}${plain.slice(0, 20)}_${process.pid}_${randomBytes(4).toString('hex')}`;
}

/** Before 15 a database was always copied as files; the newer way writes each page to the log, which takes longer. */
const strategy = (version: string) => (Number.parseInt(version, 10) >= 15 ? ' STRATEGY file_copy' : '');
