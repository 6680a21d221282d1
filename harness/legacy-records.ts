import { readFile } from 'node:fs/promises';
import { type LegacyData, parseLegacyData } from '../database/legacy.ts';

export type { LegacyData } from '../database/legacy.ts';

/** The clinic's records as every judged database begins with them, before the learner's migrations. */
export async function legacyRecords(): Promise<LegacyData> {
  return parseLegacyData(JSON.parse(await readFile(RECORDS, 'utf8')));
}

const RECORDS = new URL('../fixtures/sample-data.json', import.meta.url);
