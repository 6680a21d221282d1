import type { LegacyData } from '../../harness/legacy-records.ts';
import type { Random } from '../../harness/random.ts';

type Patient = LegacyData['patients'][number];
type Note = LegacyData['notes'][number];

/**
 * Legacy records of other people in other places, with the disorder of the clinic's own: spellings, names that match
 * nothing, empty lists, namesakes in two facilities. Only the five diagnoses are the clinic's, so that a fixed list of
 * them stays a right answer. A migration that was written for names and not for their kinds loses these.
 */
export function otherRecords(random: Random): LegacyData {
  const word = (length: number) => capital(random.marker(length));
  const facilities = numbered(
    3,
    () => `${word(6)} ${random.pick(['Clinic', "People's Hospital", 'Practice'])}`,
  );
  const doctors = numbered(5, () => `${word(5)} ${word(7)}`);
  const birthDates = new Set<string>();
  const make = (place: string | null, doctor: string | null, name = `${word(6)} ${word(8)}`): Patient => ({
    name,
    birth_date: freshDate(random, birthDates),
    age: random.integer(101, 119),
    facility_name: place,
    doctor_name: doctor,
    diagnoses: messyList(random),
  });
  const here = (i: number) => facilities[i % facilities.length]?.name ?? '';
  const doctor = (i: number) => doctors[i % doctors.length]?.name ?? '';

  const known = Array.from({ length: 9 }, (_, i) =>
    make(spelled(random, here(i), i), spelled(random, doctor(i), i + 1)),
  );
  const [twin, second] = [`${word(5)} ${word(6)}`, `${word(5)} ${word(6)}`];
  const namesakes = [make(here(0), doctor(0), twin), make(spelled(random, here(1), 2), doctor(1), twin)];
  const moreNamesakes = [
    make(here(2), doctor(2), second),
    make(here(1), spelled(random, doctor(3), 3), second),
  ];
  const lost = [
    make(`${word(5)} Surgery`, doctor(0)),
    make(here(0), `${word(5)} ${word(5)}`),
    make('', doctor(1)),
    make(null, null),
    make(here(1), ''),
    make(`Old ${word(6)} House`, doctor(2)),
  ];
  const patients = random
    .shuffle([...known, ...namesakes, ...moreNamesakes, ...lost])
    .map((patient, i) => ({ id: 40 + i * 3, ...patient }));

  const gone = `${word(5)} ${word(6)}`;
  const notes = patients.flatMap((patient, i) =>
    Array.from({ length: i % 3 === 2 && !isNamesake(patients, patient) ? 0 : 1 + (i % 2) }, (_, k) =>
      noteOn(random, patient, k === 0 ? doctor(i) : i % 4 === 1 ? gone : spelled(random, doctor(i), i)),
    ),
  );
  const strangers = [here(0), here(2)].map((place) =>
    noteOn(random, { ...make(place, null), diagnoses: null }, doctor(2)),
  );
  return {
    facilities: facilities.map((facility) => ({
      ...facility,
      address: `${word(6)} Street`,
      phone: '555-0199',
    })),
    doctors: doctors.map(({ id, name }) => ({
      id,
      name,
      email: `${random.marker(9)}@clinic.example`,
      specialty: 'Surgery',
      password_hash: 'none',
    })),
    facility_doctors: doctors.map(({ id }, i) => ({
      facility_id: facilities[i % facilities.length]?.id ?? 0,
      doctor_id: id,
    })),
    patients,
    notes: random.shuffle([...notes, ...strangers]).map((note, i) => ({ id: 300 + i * 2, ...note })),
  };
}

function noteOn(random: Random, patient: Patient, author: string | null): Note {
  const place = patient.facility_name ?? null;
  return {
    patient_name: spelled(random, patient.name, random.integer(0, 5)),
    facility_name:
      place === null || place === '' ? place : spelled(random, place.trim(), random.integer(0, 3)),
    created_by: author,
    body: `Seen because of ${random.marker(12)}, to come again in ${random.integer(2, 9)} weeks.`,
    created_at: `20${random.integer(20, 24)}-0${random.integer(1, 9)}-1${random.integer(0, 9)}T0${random.integer(0, 9)}:00:00Z`,
  };
}

/** The ways in which the clinic's records spell one name. */
function spelled(random: Random, name: string, way: number): string {
  const clean = name.trim().replace(/\s+/g, ' ');
  switch (way % 6) {
    case 1:
      return clean.toLowerCase();
    case 2:
      return ` ${clean} `;
    case 3:
      return clean.replace(' ', '  ');
    case 4:
      return clean.toUpperCase();
    case 5:
      return random.pick([` ${clean}`, `${clean} `]);
    default:
      return clean;
  }
}

function messyList(random: Random): string | null {
  const [a = '', b = ''] = random.shuffle(DIAGNOSES);
  return random.pick([
    null,
    '',
    a,
    `${a},`,
    `,${a}`,
    `${a},${b}`,
    ` ${a} , ${b} `,
    `${capital(a)}, ${b}`,
    `${a}, ${a} ,${b}`,
    `${capital(a)},${a}`,
  ]);
}

function numbered(count: number, name: () => string): { readonly id: number; readonly name: string }[] {
  return Array.from({ length: count }, (_, i) => ({ id: 11 + i * 5, name: name() }));
}

function freshDate(random: Random, taken: Set<string>): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${random.integer(1940, 2015)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
  if (taken.has(date)) return freshDate(random, taken);
  taken.add(date);
  return date;
}

function isNamesake(patients: readonly Patient[], { name }: Patient): boolean {
  return patients.filter((patient) => patient.name === name).length > 1;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const DIAGNOSES = ['asthma', 'flu', 'diabetes', 'heart disease', 'gout'];
