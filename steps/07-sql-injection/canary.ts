import type { PreparedDatabase } from '../../harness/workbench.ts';
import type { Random } from '../../harness/random.ts';

/** A table that no page has to do with. Whoever changes it or shows its text did so by SQL of their own. */
export interface Canary {
  readonly table: string;
  readonly secret: string;
  /** Whether it was changed since the last call; it is put right again. */
  wasChanged(): Promise<boolean>;
}

export async function plantCanary(
  { database }: Pick<PreparedDatabase, 'database'>,
  random: Random,
): Promise<Canary> {
  const table = `ledger_${random.marker(6)}`;
  const secret = random.marker(12);
  const fill = `INSERT INTO ${table} VALUES ('${secret}')`;
  await database.query(`CREATE TABLE ${table} (note text); ${fill}; GRANT ALL ON ${table} TO PUBLIC`);
  return {
    table,
    secret,
    async wasChanged() {
      const { rows } = await database.query<{ note: string }>(`SELECT note FROM ${table}`);
      if (rows.length === 1 && rows[0]?.note === secret) return false;
      await database.query(`DELETE FROM ${table}; ${fill}`);
      return true;
    },
  };
}
