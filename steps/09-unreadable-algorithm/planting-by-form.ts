import { ClinicFailure } from '../../harness/failure.ts';
import type { Clinic } from '../../harness/clinic.ts';
import type { Run } from '../../harness/run.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';
import type { Finding } from '../../model/finding.ts';
import { birthDateOf } from './birth-dates.ts';
import { openFacilities, type Planted } from './planting.ts';
import type { Population } from './populations.ts';

/**
 * For a report that reads tables of the learner's own: every patient is entered through the clinic's form, which works
 * with any schema and costs a request a patient. So it is for few populations.
 */
export async function plantByForm(
  run: Run,
  clinic: Clinic,
  doctor: Visitor,
  doctorEmail: string,
  populations: readonly Population[],
): Promise<readonly Planted[]> {
  const facilities = await openFacilities(run, clinic, doctorEmail, populations.length);
  const planted: Planted[] = [];
  for (const [i, population] of populations.entries()) {
    const facility = facilities[i] ?? { id: 0, name: '' };
    const entered = [];
    for (const patient of population.patients) {
      const form = {
        name: patient.name,
        birth_date: birthDateOf(run.random, patient.age),
        diagnoses: patient.diagnoses ?? '',
      };
      entered.push({
        ...patient,
        key: keyOf(await doctor.post(`/facilities/${facility.id}/patients/new`, form)),
      });
    }
    const inOrder = entered.toSorted((a, b) => compareKeys(a.key, b.key));
    planted.push({ ...population, facility, patients: inOrder.map((patient, id) => ({ ...patient, id })) });
  }
  return planted;
}

function compareKeys(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : 1;
}

function keyOf(exchange: Exchange): string {
  const [, key] = /\/patients\/([^/?#]+)/.exec(String(exchange.headers['location'] ?? '')) ?? [];
  if (key === undefined) throw new ClinicFailure(cannotEnter(exchange));
  return key;
}

function cannotEnter(exchange: Exchange): Finding {
  return {
    ruleId: 'report/no-patients',
    level: 'error',
    message:
      'The judge could not enter a patient through the clinic’s form, so the report has nothing to report on.',
    tried: `${exchange.method} ${exchange.path} with a new name, a birth date and diagnoses that the clinic knows`,
    expected: '303 to the new patient.',
    observed: `${exchange.status} and ${exchange.page().error() ?? 'no message'}.`,
    why: 'Your report does not read the view patient_directory, so its patients have to come in by the door.',
    location: { file: 'app/src/views/create-patient.ts' },
    evidence: [exchange.evidence()],
  };
}
