import type { Database } from '../database/cluster.ts';
import type { LegacyData } from '../database/legacy.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Clinic } from './clinic.ts';
import type { Random } from './random.ts';
import type { Sources } from './sources.ts';

export type { Evidence } from '../model/evidence.ts';

/** A finding as a check tells it: an `error` unless it says otherwise. */
export type Reported = Omit<Finding, 'level'> & { readonly level?: Finding['level'] };

/** What a check has in its hands: one run of one step over one copy of the learner's `app`. */
export interface Run {
  /** Fresh in each run and printed with a failure, so that it can be repeated. */
  readonly random: Random;
  /** Aborted when the run is superseded. */
  readonly signal: AbortSignal;
  /** The learner's files as text. */
  readonly sources: Sources;
  /**
   * The learner's clinic, running on legacy schema and data with the learner's migrations, behind the wire tap.
   * The same one for all checks of a run. Throws `ClinicFailure` when it can't start, which the run turns into a finding.
   */
  clinic(): Promise<Clinic>;
  /**
   * The clinic's database, for a check that needs no running clinic. It is the one that `clinic` runs on.
   * Throws `ClinicFailure` for a migration that the server refuses.
   */
  database(): Promise<Database>;
  /**
   * The learner's migrations over other legacy records, in a database of its own that goes with the run.
   * Throws `ClinicFailure` when they run on the clinic's records and not on these.
   */
  migrateOther(records: LegacyData): Promise<Database>;
  /** What several checks of a run need: made by the first that asks, the same for all. `make` is its key. */
  once<T>(make: (run: Run) => Promise<T>): Promise<T>;
  /** Adds a finding to the check that is running. An `error` fails it. */
  report(finding: Reported): void;
  /** Keeps evidence for the step's X-ray, also when the check passes. */
  show(evidence: Evidence): void;
}
