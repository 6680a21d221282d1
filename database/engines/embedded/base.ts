import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import { roleStatements } from '../../cluster/role.ts';
import { ask } from './ask.ts';
import { type Programs, startInstance } from './instance.ts';
import type { Snapshot } from './snapshot.ts';
import { NEW_DATA, START_PARAMETERS } from './start-parameters.ts';

/** The data that every database of the engine begins from. Made once per `home`, which takes seconds, and kept in a file. */
export async function openBase(
  home: string,
  programs: Programs,
  role: string,
  say: (line: string) => void,
): Promise<Snapshot> {
  const file = path.join(home, `base-${await fingerprint(role)}`);
  const kept = await readFile(file).then(unpack, () => null);
  if (kept !== null) return kept;
  say('Preparing the embedded database for the first time…');
  const made = await makeBase(programs, role);
  const beside = `${file}.${process.pid}`;
  // Without the file the next start takes longer, and nothing else.
  await mkdir(home, { recursive: true })
    .then(() => writeFile(beside, pack(made)))
    .then(() => rename(beside, file))
    .catch(() => undefined);
  return made;
}

/** Without the two templates of PostgreSQL's own, which nothing is copied from here. */
async function makeBase(programs: Programs, role: string): Promise<Snapshot> {
  const instance = startInstance(programs, { fromNothing: true });
  try {
    await instance.greeting;
    const statements = [
      'UPDATE pg_database SET datistemplate = false',
      'DROP DATABASE template0',
      'DROP DATABASE template1',
      ...roleStatements(role),
      `ALTER DATABASE postgres OWNER TO ${role}`,
      'VACUUM',
    ];
    for (const statement of statements) await ask(instance, statement);
    return await freeze(instance);
  } finally {
    await instance.end();
  }
}

/** What is in a backend at rest, as the administrator. */
export async function freeze(instance: Parameters<typeof ask>[0]): Promise<Snapshot> {
  await ask(instance, 'CHECKPOINT');
  const [row] = await ask(instance, LOG_RANGE);
  const [first, last] = row ?? [];
  return instance.snapshot({ first: first ?? '', last: last ?? '' });
}

async function fingerprint(role: string): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(fileURLToPath(manifest), 'utf8')));
  const parts = [version, START_PARAMETERS, NEW_DATA, roleStatements(role)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

const pack = ({ folders, files, bytes }: Snapshot) =>
  serialize({ folders, files, bytes: new Uint8Array(bytes).slice() });

function unpack(packed: Buffer): Snapshot {
  const { folders, files, bytes } = packedSchema.parse(deserialize(packed));
  if ((files.at(-1)?.end ?? 0) !== bytes.length) throw new Error('a part is missing');
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return { folders, files, bytes: shared };
}

const packedSchema = z.object({
  folders: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), start: z.number(), end: z.number() })),
  bytes: z.instanceof(Uint8Array),
});

const LOG_RANGE =
  'SELECT redo_wal_file, pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()) FROM pg_catalog.pg_control_checkpoint()';
