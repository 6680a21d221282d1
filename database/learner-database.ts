import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster, Database } from './cluster.ts';
import { loadLegacy, parseLegacyData } from './legacy.ts';
import { applyMigrations, type MigrationFile } from './migrations.ts';

/** What a learner's database is made of. Equal keys make equal databases. */
export interface DatabaseRecipe {
  readonly key: string;
  readonly schema: string;
  /** `sample-data.json` as text. */
  readonly data: string;
  readonly migrations: readonly MigrationFile[];
}

/**
 * The legacy schema and data of `root/fixtures` and the migrations of an `app` folder. `001_*.sql` is left out: it is
 * history that production has run, and `fixtures/legacy-schema.sql` is the workshop's own copy of it.
 */
export async function readRecipe(root: string, app: string): Promise<DatabaseRecipe> {
  const [schema, data, migrations] = await Promise.all([
    readFile(join(root, 'fixtures', 'legacy-schema.sql'), 'utf8'),
    readFile(join(root, 'fixtures', 'sample-data.json'), 'utf8'),
    readMigrations(join(app, 'migrations')),
  ]);
  const parts = JSON.stringify([schema, data, migrations]);
  return { key: createHash('sha256').update(parts).digest('hex').slice(0, 24), schema, data, migrations };
}

/** A clone of the recipe's template, which is built when it is missing. Throws `MigrationError` for the learner's SQL. */
export async function createLearnerDatabase(
  cluster: Cluster,
  recipe: DatabaseRecipe,
  purpose: string,
): Promise<Database> {
  const template = await cluster.template(recipe.key, async (database) => {
    await loadLegacy(database, { schema: recipe.schema, data: parseLegacyData(JSON.parse(recipe.data)) });
    await applyMigrations(database, recipe.migrations);
  });
  return cluster.clone(template, purpose);
}

async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const names = await readdir(folder).catch(() => []);
  const own = names.filter((name) => name.endsWith('.sql') && !name.startsWith('001')).sort();
  return Promise.all(
    own.map(async (name) => ({
      path: `app/migrations/${name}`,
      sql: await readFile(join(folder, name), 'utf8'),
    })),
  );
}
