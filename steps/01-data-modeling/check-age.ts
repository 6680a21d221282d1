import type { Reported, Run } from '../../harness/run.ts';
import { isReference } from '../../harness/schema/catalogue.ts';
import { judgeBoth } from './both-records.ts';
import { type Migrated, rowsOfPatients } from './migrated.ts';
import { ageOn, today } from './truth.ts';

/** No column of a patient says their age, as it was once or as it is today. */
export async function checkAge(run: Run): Promise<void> {
  await judgeBoth(run, (migrated) => {
    const columns = ageColumns(migrated);
    return columns.length === 0 ? [] : [stored(migrated, columns)];
  });
}

/** Columns whose number is the age today, or the one that the legacy table said, for four patients in five. */
export function ageColumns(migrated: Migrated): readonly string[] {
  const { table } = migrated.patients;
  const rows = rowsOfPatients(migrated);
  const isMost = (hits: number) => hits * 5 >= rows.length * 4;
  const day = today();
  return table.columns
    .filter(({ name }) => !isReference(table, name) && !table.primaryKey.includes(name))
    .filter(({ name }) => {
      const numbers = rows.map(({ row }) => leadingNumber(row.values[name]));
      const now = rows.filter(({ patient }, i) => numbers[i] === ageOn(day, patient.birth)).length;
      const then = rows.filter(({ patient }, i) => numbers[i] === patient.age).length;
      return isMost(now) || isMost(then);
    })
    .map(({ name }) => name);
}

/** Also of an interval: `45 years 3 mons`. */
export function leadingNumber(text: string | null | undefined): number | null {
  const digits = /^\s*(\d{1,3})(?!\d|-\d)/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function stored({ patients, isOther }: Migrated, columns: readonly string[]): Reported {
  const names = columns.map((name) => `${patients.table.name}.${name}`).join(' and ');
  return {
    ruleId: 'age/stored',
    message: `${names} stores the age.`,
    tried: `Compare each column of ${patients.table.name} with the ages of ${isOther ? 'these' : 'the clinic’s'} patients, today's and those of the legacy table.`,
    expected: 'The birth date is stored; the age is computed when somebody asks.',
    observed: `${names} holds it for at least four patients in five.`,
    why: 'An age is wrong the day after it was written for somebody, every day. A trigger writes it when the row changes, and rows do not change on birthdays.',
  };
}
