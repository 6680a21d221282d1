import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster, Database } from './cluster.ts';
import { loadLegacy, makeLegacySchema, parseLegacyData } from './legacy.ts';
import { applyMigrations, type MigrationFile } from './migrations.ts';

/** What a learner's database is made of. Equal keys make equal databases. */
export interface DatabaseRecipe {
  readonly key: string;
  readonly schema: string;
  /** `sample-data.json` as text. */
  readonly data: string;
  readonly migrations: readonly MigrationFile[];
  /** Of what lies under the migrations: the schema with its records, and without. */
  readonly templates: { readonly records: string; readonly schema: string };
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
  const templates = { records: digest(['records', schema, data]), schema: digest(['schema', schema]) };
  return { key: digest([schema, data, migrations]), schema, data, migrations, templates };
}

/**
 * The legacy records, copied from a template, with the recipe's migrations run over them: a new migration is tried
 * without building anything that only the next run would need. Throws `MigrationError` for the learner's SQL.
 */
export async function createLearnerDatabase(
  cluster: Cluster,
  recipe: DatabaseRecipe,
  purpose: string,
): Promise<Database> {
  return migrated(await cloneRecords(cluster, recipe, purpose), recipe.migrations);
}

/** The legacy records before any migration. */
export async function cloneRecords(
  cluster: Cluster,
  { schema, data, templates }: DatabaseRecipe,
  purpose: string,
): Promise<Database> {
  const template = await cluster.template(templates.records, (database) =>
    loadLegacy(database, { schema, data: parseLegacyData(JSON.parse(data)) }),
  );
  return cluster.clone(template, purpose);
}

/** The legacy schema without records. */
export async function cloneSchema(
  cluster: Cluster,
  { schema, templates }: DatabaseRecipe,
  purpose: string,
): Promise<Database> {
  const template = await cluster.template(templates.schema, (database) => makeLegacySchema(database, schema));
  return cluster.clone(template, purpose);
}

/** Runs the migrations over a database that is the caller's only when that goes well. Throws `MigrationError`. */
export async function migrated(database: Database, migrations: readonly MigrationFile[]): Promise<Database> {
  try {
    await applyMigrations(database, migrations);
    // Plans follow from statistics, and nobody vacuums here: without them a page's rows may come in another order.
    if (migrations.length > 0) await database.query(ANALYZE_TABLES).catch(() => undefined);
    return database;
  } catch (error) {
    await database.drop();
    throw error;
  }
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

const digest = (parts: unknown) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);

/** Of the clinic's own tables: the catalogue has its statistics from the template. */
const ANALYZE_TABLES = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^(pg_|information_schema)'
  LOOP EXECUTE 'ANALYZE ' || name; END LOOP;
END $$`;
