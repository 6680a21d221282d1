import pg from 'pg';
import { settings } from './settings.ts';

// A birth date has no time zone: as a Date it would move to the day before for half of the world.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export const pool = new pg.Pool({ connectionString: settings.databaseUrl });

// A connection that the server closes while nobody uses it is replaced at the next query.
pool.on('error', () => {});
