import type { LegacyData } from '../../harness/legacy-records.ts';

/** Whom a name in the legacy records means. */
export type Named =
  | { readonly kind: 'known'; readonly name: string }
  /** It matches nothing: kept, and linked to nobody else. */
  | { readonly kind: 'unmatched'; readonly raw: string }
  | { readonly kind: 'none' };

export interface PatientTruth {
  /** Name and birth date: nobody shares both. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly birth: string;
  readonly facility: Named;
  readonly doctor: Named;
  /** Folded, each once, sorted. */
  readonly diagnoses: readonly string[];
  /** What the legacy table says, which went stale. */
  readonly age: number | null;
}

export interface NoteTruth {
  readonly body: string;
  readonly id: string;
  /** Key of the patient; `null` for a person nobody knows. */
  readonly patient: string | null;
  readonly patientName: string;
  readonly facility: Named;
  readonly author: Named;
}

/** What the legacy records say, to whoever reads them with care. */
export interface Truth {
  readonly patients: readonly PatientTruth[];
  readonly notes: readonly NoteTruth[];
  readonly facilities: readonly string[];
  readonly doctors: readonly string[];
  readonly diagnoses: readonly string[];
}

export function truthOf(records: LegacyData): Truth {
  const facilities = records.facilities.map(({ name }) => name);
  const doctors = records.doctors.map(({ name }) => name);
  const patients = records.patients.map((patient): PatientTruth => ({
    key: keyOf(patient.name, patient.birth_date),
    id: String(patient.id),
    name: patient.name,
    birth: patient.birth_date,
    facility: named(patient.facility_name, facilities),
    doctor: named(patient.doctor_name, doctors),
    diagnoses: listed(patient.diagnoses),
    age: patient.age ?? null,
  }));
  const notes = records.notes.map((note): NoteTruth => {
    const facility = named(note.facility_name, facilities);
    const ofThatName = patients.filter(({ name }) => fold(name) === fold(note.patient_name));
    const there = ofThatName.filter((patient) => isSame(patient.facility, facility));
    const patient = ofThatName.length === 1 ? ofThatName[0] : there.length === 1 ? there[0] : undefined;
    return {
      body: note.body,
      id: String(note.id),
      patient: patient?.key ?? null,
      patientName: note.patient_name,
      facility,
      author: named(note.created_by, doctors),
    };
  });
  const diagnoses = [...new Set(patients.flatMap((patient) => patient.diagnoses))].sort();
  return { patients, notes, facilities, doctors, diagnoses };
}

/** What stays of a name when case and spacing are no difference. */
export function fold(text: string | null | undefined): string {
  return (text ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
}

export function keyOf(name: string | null, birth: string | null): string {
  return `${fold(name)} | ${(birth ?? '').slice(0, 10)}`;
}

/** Full years on a day, both written YYYY-MM-DD. */
export function ageOn(day: string, birth: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

export const today = (offset = 0) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** The elements of a list in a text, folded, each once, sorted. */
export function listed(text: string | null | undefined): string[] {
  return [...new Set((text ?? '').split(',').map(fold))].filter((element) => element !== '').sort();
}

export function inWords(name: Named): string {
  switch (name.kind) {
    case 'known':
      return name.name;
    case 'unmatched':
      return `nobody, with "${name.raw}" kept`;
    case 'none':
      return 'nobody: none was given';
    default:
      return name satisfies never;
  }
}

function named(text: string | null | undefined, names: readonly string[]): Named {
  if (fold(text) === '') return { kind: 'none' };
  const name = names.find((candidate) => fold(candidate) === fold(text));
  return name === undefined ? { kind: 'unmatched', raw: text ?? '' } : { kind: 'known', name };
}

function isSame(a: Named, b: Named): boolean {
  return fold(textOf(a)) === fold(textOf(b));
}

function textOf(name: Named): string {
  return name.kind === 'known' ? name.name : name.kind === 'unmatched' ? name.raw : '';
}
