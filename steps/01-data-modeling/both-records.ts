import { ClinicFailure } from '../../harness/failure.ts';
import type { Reported, Run } from '../../harness/run.ts';
import { clinicRecords, type Migrated, recordsUnseen } from './migrated.ts';

/**
 * Judges the clinic's records and, when they are in order, the others. Migrations that fail on the others have their
 * finding in the first check.
 */
export async function judgeBoth(
  run: Run,
  judge: (migrated: Migrated) => readonly Reported[] | Promise<readonly Reported[]>,
): Promise<void> {
  const seen = run.once(clinicRecords);
  const unseen = run.once(recordsUnseen).catch(ignoreFailure);
  const say = (findings: readonly Reported[]) =>
    findings.forEach((finding) => run.report({ location: placeOf(run, finding.ruleId), ...finding }));

  const findings = await judge(await seen);
  say(findings);
  if (findings.some(({ level }) => level !== 'note')) return;
  const other = await unseen;
  if (other !== null) say((await judge(other)).map((finding) => onOthers(finding, run)));
}

/** The newest file of the learner's; before there is one, the line of the tables as they were that is at fault. */
function placeOf(run: Run, ruleId: string): { file: string; line?: number } {
  const own = run.sources.paths.filter((path) => /^app\/migrations\/[^/]+\.sql$/.test(path));
  const file = own.at(-1) ?? 'app/migrations';
  if (own.length > 1) return { file };
  const column = COLUMNS[ruleId.split('/')[0] ?? ''];
  const line = (run.sources.text(file) ?? '').split('\n').findIndex((text) => column?.test(text) === true);
  return line === -1 ? { file } : { file, line: line + 1 };
}

function onOthers(finding: Reported, run: Run): Reported {
  return {
    ...finding,
    message: `On records that you have not seen: ${finding.message}`,
    tried: `${finding.tried ?? ''} The records are a second set, made for this run (seed ${run.random.seed}): other names, the same kinds of disorder. On the clinic's own records all was well.`,
  };
}

function ignoreFailure(error: unknown): null {
  if (error instanceof ClinicFailure) return null;
  throw error;
}

const COLUMNS: Readonly<Record<string, RegExp>> = {
  facility: /^\s+facility_name\b/,
  doctor: /^\s+doctor_name\b/,
  notes: /^\s+patient_name\b/,
  author: /^\s+created_by\b/,
  diagnoses: /^\s+diagnoses\b/,
  age: /^\s+age\b/,
};
