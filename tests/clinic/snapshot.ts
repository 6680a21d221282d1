import type { Database } from '../../database/cluster.ts';

/** A copy of every table of the clinic beside it, so that a test that writes can give the records back. */
export async function createSnapshot(database: Database): Promise<{ restore(): Promise<void> }> {
  await database.query('CREATE SCHEMA snapshot');
  for (const table of TABLES) await database.query(`CREATE TABLE snapshot.${table} AS TABLE public.${table}`);
  return {
    async restore() {
      await database.query(
        `TRUNCATE ${TABLES.map((table) => `public.${table}`).join(', ')} RESTART IDENTITY`,
      );
      for (const table of TABLES) await database.query(`INSERT INTO public.${table} TABLE snapshot.${table}`);
      for (const table of TABLES.filter((name) => name !== 'facility_doctors'))
        await database.query(
          `SELECT setval(pg_get_serial_sequence('public.${table}', 'id'), max(id)) FROM public.${table}`,
        );
    },
  };
}

const TABLES = ['facilities', 'doctors', 'facility_doctors', 'patients', 'notes'];
