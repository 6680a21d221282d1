import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { type Listed, listPatients, newcomers } from './directory.ts';
import { type Facility, meetPeople, type People } from './people.ts';
import { create, day, expectRefusal, type Form, someBirthDate, soundForm, triedOf } from './requests.ts';
import { described, expectNothingStored } from './stored.ts';

/** A sound form is stored, once, as it was entered; the same name again is refused here and welcome elsewhere. */
export async function checkNewcomers(run: Run): Promise<void> {
  const people = await meetPeople(run);
  const { doctor, home, other } = people;

  const form = soundForm(run);
  await expectStored(run, people, home, { ...form, name: `  ${form.name} ` }, form);

  const before = await listPatients(run);
  const again = { ...soundForm(run), name: form.name.toUpperCase() };
  const exchange = await create(run, doctor, home, again);
  expectRefusal(run, 'The name of a patient whom the facility has already', exchange, EXISTS);
  expectNothingStored(run, exchange, newcomers(before, await listPatients(run)));

  const namesake = { name: form.name, birth_date: someBirthDate(run), diagnoses: '' };
  await expectStored(run, people, other, namesake, namesake);
  const newborn = { ...soundForm(run), birth_date: day(0) };
  await expectStored(run, people, home, newborn, newborn);
}

async function expectStored(run: Run, people: People, facility: Facility, sent: Form, form: Required<Form>) {
  const before = await listPatients(run);
  const exchange = await create(run, people.doctor, facility, sent);
  const added = newcomers(before, await listPatients(run));
  const [patient] = added;
  const wrong = (problem: string, message: string, expected: string, observed: string) =>
    run.report({
      ruleId: `stored/${problem}`,
      message,
      tried: triedOf(exchange),
      expected,
      observed,
      why: 'Guards and validators that refuse too much, or a handler that goes on after an answer, are the usual accidents of this change.',
      location: { file: 'app/src/views/create-patient.ts' },
      evidence: [exchange.evidence()],
    });

  const answer = `${exchange.status}${exchange.page().error() === null ? '' : ` and "${exchange.page().error()}"`}`;
  if (patient === undefined)
    return wrong(
      'not-stored',
      'A sound form stored no patient.',
      'One new patient.',
      `None; the answer was ${answer}.`,
    );
  if (added.length > 1)
    return wrong(
      'twice',
      'A sound form stored more than one patient.',
      'One new patient.',
      added.map(described).join('; '),
    );
  const difference = differenceOf(patient, form, facility, people.doctorName);
  if (difference !== null)
    return wrong(
      'wrong-patient',
      'A patient was not stored as entered.',
      difference.expected,
      difference.observed,
    );
  await expectRedirect(people, exchange, patient, answer, wrong);
}

async function expectRedirect(
  people: People,
  exchange: Exchange,
  patient: Listed,
  answer: string,
  wrong: (problem: string, message: string, expected: string, observed: string) => void,
): Promise<void> {
  const location = String(exchange.headers['location'] ?? '');
  const leads =
    [302, 303].includes(exchange.status) && /\/patients\/([^/?#]+)/.exec(location)?.[1] === patient.id;
  if (!leads)
    return wrong(
      'no-redirect',
      'A stored patient is not answered with the way to the chart.',
      `303 to /patients/${patient.id}`,
      `${answer}${location === '' ? '' : ` to ${location}`}`,
    );
  const chart = await people.doctor.get(`/patients/${patient.id}`);
  if (chart.status !== 200 || chart.page().field('name') !== patient.name)
    wrong(
      'no-chart',
      'The chart of the new patient does not open.',
      `200 and the name ${patient.name}`,
      `${chart.status} and ${chart.page().field('name') ?? 'no name'}`,
    );
}

function differenceOf(patient: Listed, form: Required<Form>, facility: Facility, doctor: string) {
  const stored = [
    patient.name,
    patient.birth_date,
    patient.facility_name ?? '',
    patient.doctor_name ?? '',
    list(patient.diagnoses),
  ];
  const wanted = [form.name, form.birth_date, facility.name, doctor, list(form.diagnoses)];
  const expected = wanted.join(' · ');
  const observed = stored.join(' · ');
  return expected === observed ? null : { expected, observed };
}

/** Order, case and spacing of a list of diagnoses are the schema's own affair. */
function list(diagnoses: string | null): string {
  const names = (diagnoses ?? '').split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names.filter((name) => name !== ''))].sort().join(', ');
}

const EXISTS = {
  status: 409,
  error: 'patient-exists',
  message: 'This facility already has a patient of that name',
} as const;
