import type { LegacyData } from '../../harness/legacy-records.ts';

/** A patient as pages show them. Two of one name differ by birth date; ids may change with a learner's data model. */
export interface Known {
  readonly name: string;
  readonly birthDate: string;
}

export type LegacyPatient = LegacyData['patients'][number];

export interface Facility {
  readonly name: string;
  /** Are there in any data model. */
  readonly certain: readonly LegacyPatient[];
  /** Are there once names that differ in case and spacing count as the same facility. */
  readonly possible: readonly LegacyPatient[];
}

export function facilityOf({ patients }: LegacyData, name: string): Facility {
  return {
    name,
    certain: patients.filter((patient) => patient.facility_name === name),
    possible: patients.filter((patient) => folded(patient.facility_name) === folded(name)),
  };
}

/** The beginnings of the doctors' password hashes, which no page ever shows. */
export const hashesOf = ({ doctors }: LegacyData): readonly string[] =>
  doctors.flatMap(({ password_hash }) => password_hash?.slice(0, 30) ?? []);

export const keyOf = ({ name, birthDate }: Known): string => `${name}, born ${birthDate}`;

export const keyOfLegacy = ({ name, birth_date }: LegacyPatient): string =>
  keyOf({ name, birthDate: birth_date });

/** Case and spacing aside. */
export const folded = (text: string | null | undefined): string =>
  (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
