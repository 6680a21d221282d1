import { legacyRecords } from '../../harness/legacy-records.ts';
import type { Run } from '../../harness/run.ts';
import { watchFunctions } from '../../harness/sql/inside-functions.ts';
import { loadGrammar } from '../../harness/sql/shape.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';
import type { PreparedDatabase } from '../../harness/workbench.ts';
import { type Canary, plantCanary } from './canary.ts';
import { type Family, inventFamily } from './family.ts';
import { newcomers } from './newcomers.ts';
import { type Facility, facilityOf, hashesOf, keyOf, keyOfLegacy } from './truth.ts';

/** What all checks act on: a doctor of two facilities, a third that is not theirs, and things worth stealing. */
export interface Stage {
  readonly doctor: Visitor;
  /** Random letters of this run, by which an input is recognised wherever it turns up. */
  readonly marker: string;
  /** A name that nobody has. */
  readonly nobody: string;
  readonly north: PlacedFacility;
  readonly marys: PlacedFacility;
  /** The doctor does not work there. */
  readonly harbour: PlacedFacility;
  /** Patients whom this run makes at the North Clinic, through the clinic's own form. */
  readonly family: Family;
  readonly canary: Canary;
  /** The learner's migrations hold a function that runs SQL of its own making. */
  readonly areFunctionsDynamic: boolean;
  /** Everybody whom the doctor may see, by `keyOf`. */
  readonly visible: ReadonlySet<string>;
  /** What the answer shows that no page ever may, in words; `null` when there is nothing. */
  secretIn(exchange: Exchange): string | null;
}

export interface PlacedFacility extends Facility {
  readonly id: string;
  /** Whom only the learner's migrations know, by `keyOf`. */
  readonly newcomers: readonly string[];
}

/** To be asked for by `run.once`: the login costs a password hash. */
export async function stage(run: Run): Promise<Stage> {
  const clinic = await run.clinic();
  const { areDynamic } = await watchFunctions(clinic.database);
  const [doctor, ids, canary, records] = await Promise.all([
    clinic.login(DOCTOR),
    facilityIds(clinic.database),
    plantCanary(clinic.database, run.random),
    legacyRecords(),
    loadGrammar(),
  ]);
  const hashes = hashesOf(records);
  const newcomersAt = await newcomers(clinic.database, records);
  const place = (name: string) => ({
    ...facilityOf(records, name),
    id: ids.get(name) ?? '',
    newcomers: newcomersAt(name),
  });
  const [north, marys] = [place('North Clinic'), place("St. Mary's Hospital")];
  const family = inventFamily(run.random);
  const own = [...north.possible, ...marys.possible].map(keyOfLegacy);
  return {
    doctor,
    // Without the letters that every marker begins with, so that nothing can be made to look for them.
    marker: run.random.marker(9).slice(2),
    nobody: run.random.marker(10).slice(2),
    north,
    marys,
    harbour: place('Harbour Practice'),
    family,
    canary,
    areFunctionsDynamic: areDynamic,
    visible: new Set([...own, ...north.newcomers, ...marys.newcomers, ...family.members.map(keyOf)]),
    secretIn: ({ body }) => secretIn(body, canary, hashes),
  };
}

/** As text, because a learner's data model may number facilities otherwise. */
async function facilityIds({ database }: PreparedDatabase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ id: string; name: string }>(
    'SELECT id::text AS id, name FROM facilities',
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

function secretIn(body: string, canary: Canary, hashes: readonly string[]): string | null {
  if (body.includes(canary.secret)) return `"${canary.secret}", the content of the table ${canary.table}`;
  return hashes.some((hash) => body.includes(hash)) ? "a doctor's password hash" : null;
}

/** Works at the North Clinic and at St. Mary's Hospital. */
const DOCTOR = 'lukas.brandt@clinic.example';
