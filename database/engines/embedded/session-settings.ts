import { z } from 'zod';
import { ask, quoteName, quoteText } from './ask.ts';
import type { Instance } from './instance.ts';

/** What a session has set, so that it can be set again when another one has used the backend meanwhile. */
export interface SessionSettings {
  /** As whom it logged in. */
  readonly user: string;
  readonly values: ReadonlyMap<string, string>;
}

/** How a session begins: what the database and the role say, then what the client asked for. */
export async function settingsAtLogin(
  instance: Instance,
  user: string,
  asked: ReadonlyMap<string, string>,
): Promise<SessionSettings & { readonly libraries: readonly string[] }> {
  const kept = await ask(instance, keptFor(user));
  const values = new Map<string, string>();
  for (const [entry] of kept) {
    const cut = entry?.indexOf('=') ?? -1;
    if (entry !== null && entry !== undefined && cut > 0)
      values.set(entry.slice(0, cut), entry.slice(cut + 1));
  }
  for (const [name, value] of asked) values.set(name.toLowerCase(), value);
  const libraries = (values.get(PRELOAD) ?? '').split(',').map((name) => name.trim());
  values.delete(PRELOAD);
  return { user, values, libraries: libraries.filter((name) => name !== '') };
}

/** The statements that make the backend this session's. */
export function settingScript({ user, values }: SessionSettings): string {
  const calls = [...values].map(
    ([name, value]) => `pg_catalog.set_config(${quoteText(name)}, ${quoteText(value)}, false)`,
  );
  return [
    BECOME_ADMINISTRATOR,
    ...(calls.length === 0 ? [] : [`SELECT ${calls.join(', ')}`]),
    `SET SESSION AUTHORIZATION ${quoteName(user)}`,
  ].join('; ');
}

/** Read from the backend, while it is the session's. `custom` are settings that no list of PostgreSQL shows. */
export async function readSettings(
  instance: Instance,
  user: string,
  custom: ReadonlySet<string>,
): Promise<SessionSettings> {
  const own = [...custom].map(
    (name) => `${quoteText(name)}, pg_catalog.current_setting(${quoteText(name)}, true)`,
  );
  const [row] = await ask(
    instance,
    `SELECT ${LIST}, pg_catalog.json_build_object(${own.join(', ')})`,
    // What it calls is looked for where the client has said.
    { isGuarded: true },
  );
  const [listed, others] = row ?? [];
  const found = {
    ...settingsSchema.parse(JSON.parse(listed ?? '{}')),
    ...settingsSchema.parse(JSON.parse(others ?? '{}')),
  };
  const values = Object.entries(found).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return { user, values: new Map(values) };
}

/** RESET would leave the user as it is: PostgreSQL does not note who a session of its single-user mode began as. */
export const BECOME_ADMINISTRATOR = 'SET SESSION AUTHORIZATION postgres; RESET ALL';

const settingsSchema = z.record(z.string(), z.string().nullable());

const PRELOAD = 'session_preload_libraries';

// PostgreSQL's order: of everybody, of the database, of the role, of the role in the database.
const keptFor = (user: string) => `
  SELECT unnest(setconfig) FROM pg_catalog.pg_db_role_setting
  WHERE setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
    AND setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ${quoteText(user)}))
  ORDER BY CASE setrole WHEN 0 THEN 0 ELSE 2 END + CASE setdatabase WHEN 0 THEN 0 ELSE 1 END`;
const LIST = `(SELECT pg_catalog.json_object_agg(name, pg_catalog.current_setting(name)) FROM pg_catalog.pg_settings
  WHERE source = 'session' AND name NOT LIKE 'transaction%')`;
