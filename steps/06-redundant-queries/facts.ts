import { type PageRecord, readRecords, recordsOf } from '../../harness/records.ts';
import type { FacilityTruth, ListTruth } from './truth.ts';

/** What a page shows, or has to show: a value by the words for it. */
export type Facts = ReadonlyMap<string, string>;

export interface Difference {
  readonly fact: string;
  /** `null`: not there. */
  readonly expected: string | null;
  readonly observed: string | null;
}

export function listFacts({ facilities }: ListTruth): Facts {
  return new Map([
    ['facility-count', String(facilities.length)],
    ['patient-total', String(facilities.reduce((sum, facility) => sum + facility.patients, 0))],
    ['the facilities in their order', facilities.map((facility) => folded(facility.name)).join(' | ')],
    ['the phone list', facilities.map((facility) => folded(facility.phone)).join(' | ')],
    ...facilities.flatMap(({ id, name, patients, doctors, newest }): [string, string][] => [
      [`facility ${id}, name`, folded(name)],
      [`facility ${id}, patient-count`, String(patients)],
      [`facility ${id}, doctors`, doctors.map((doctor) => `${doctor.id} ${folded(doctor.name)}`).join(', ')],
      [
        `facility ${id}, newest-note`,
        newest === null ? NONE : `${newest.id} ${folded(newest.body)} (${newest.day})`,
      ],
    ]),
  ]);
}

export function listFactsOn(html: string): Facts {
  const page = readRecords(html);
  const facilities = recordsOf(page, 'facility').filter(({ fields }) => fields.has('patient-count'));
  return new Map([
    ['facility-count', textOf(page, 'facility-count')],
    ['patient-total', textOf(page, 'patient-total')],
    ['the facilities in their order', facilities.map((facility) => textOf(facility, 'name')).join(' | ')],
    ['the phone list', phonesOn(page).join(' | ')],
    ...facilities.flatMap((facility): [string, string][] => {
      const [newest] = recordsOf(facility, 'note');
      return [
        [`facility ${facility.id}, name`, textOf(facility, 'name')],
        [`facility ${facility.id}, patient-count`, textOf(facility, 'patient-count')],
        [`facility ${facility.id}, doctors`, peopleIn(facility, 'doctor').join(', ')],
        [
          `facility ${facility.id}, newest-note`,
          newest === undefined
            ? NONE
            : `${newest.id} ${textOf(newest, 'body')} (${textOf(newest, 'created-at')})`,
        ],
      ];
    }),
  ]);
}

export function facilityFacts(truth: FacilityTruth): Facts {
  const { name, address, phone, patients, doctors, notes } = truth;
  return new Map([
    ['name', folded(name)],
    ['address', folded(address)],
    ['phone', folded(phone)],
    ['patient-count', String(patients.length)],
    ['the doctors', doctors.map((d) => `${d.id} ${folded(d.name)}, ${folded(d.specialty)}`).join(' | ')],
    ['the patients in their order', patients.map((patient) => folded(patient.name)).join(' | ')],
    ...patients.map((patient): [string, string] => [
      `patient ${patient.id}`,
      [patient.name, patient.birth_date, patient.age ?? '', patient.doctor, plainText(patient.diagnoses)]
        .map(folded)
        .join(', '),
    ]),
    ['the recent notes in their order', notes.map((note) => note.id).join(' | ')],
    ...notes.map((note): [string, string] => [
      `note ${note.id}`,
      `${folded(note.body)} (${folded(note.patient)}; ${folded(note.author)}; ${note.day})`,
    ]),
    ...notes.flatMap((note): [string, string][] =>
      note.patient_id === null
        ? []
        : [[`note ${note.id}, link to its patient`, `/patients/${note.patient_id}`]],
    ),
  ]);
}

/** `like`: for what no page need show. */
export function facilityFactsOn(html: string, like: FacilityTruth): Facts {
  const page = readRecords(html);
  const [facility = page] = recordsOf(page, 'facility');
  const patients = recordsOf(facility, 'patient');
  const notes = recordsOf(facility, 'note');
  const linked = new Set(like.notes.filter((note) => note.patient_id !== null).map((note) => note.id));
  const isText = like.patients.every(({ diagnoses }) => diagnoses === null || typeof diagnoses === 'string');
  return new Map([
    ['name', textOf(facility, 'name')],
    ['address', textOf(facility, 'address')],
    ['phone', textOf(facility, 'phone')],
    ['patient-count', textOf(facility, 'patient-count')],
    ['the doctors', peopleIn(facility, 'doctor', 'specialty').join(' | ')],
    ['the patients in their order', patients.map((patient) => textOf(patient, 'name')).join(' | ')],
    ...patients.map((patient): [string, string] => [
      `patient ${patient.id}`,
      PATIENT_FIELDS.map((field) => (field === 'diagnoses' && !isText ? '' : textOf(patient, field))).join(
        ', ',
      ),
    ]),
    ['the recent notes in their order', notes.map((note) => note.id).join(' | ')],
    ...notes.map((note): [string, string] => [
      `note ${note.id}`,
      `${textOf(note, 'body')} (${textOf(note, 'patient')}; ${textOf(note, 'author')}; ${textOf(note, 'created-at')})`,
    ]),
    ...notes
      .filter((note) => linked.has(note.id))
      .map((note): [string, string] => [
        `note ${note.id}, link to its patient`,
        note.links.get('patient') ?? NONE,
      ]),
  ]);
}

export function differences(expected: Facts, observed: Facts): readonly Difference[] {
  return [...new Set([...expected.keys(), ...observed.keys()])]
    .map((fact) => ({ fact, expected: expected.get(fact) ?? null, observed: observed.get(fact) ?? null }))
    .filter((difference) => difference.expected !== difference.observed);
}

function textOf(record: PageRecord, field: string): string {
  return record.fields.get(field)?.[0] ?? '';
}

/** Wherever the list stands: its phones may belong to the page or to the facilities. */
function phonesOn(page: PageRecord): readonly string[] {
  return [page, ...recordsOf(page, 'facility')].flatMap(({ fields }) => fields.get('phone') ?? []);
}

function peopleIn(facility: PageRecord, kind: string, more?: string): readonly string[] {
  return recordsOf(facility, kind).map((person) => {
    const end = more === undefined ? '' : `, ${textOf(person, more)}`;
    return `${person.id} ${textOf(person, 'name')}${end}`;
  });
}

const folded = (text: string | number | null) =>
  String(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
const plainText = (value: unknown) => (typeof value === 'string' ? value : '');
const PATIENT_FIELDS = ['name', 'birth-date', 'age', 'doctor', 'diagnoses'] as const;
const NONE = 'none';
