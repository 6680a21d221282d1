import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { setStage, type Stage, triedOf } from './stage.ts';
import { fold, type Named, type PatientTruth } from './truth.ts';

/** Whoever deletes a facility or a doctor deletes no chart. Comes last: what it deletes stays deleted. */
export async function checkDeletes(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const facility = stage.truth.facilities[2] ?? '';
  const doctor = stage.truth.doctors[3] ?? '';
  const number = await doctorNumber(stage, doctor);
  const isTouched = (name: Named) => name.kind === 'known' && [facility, doctor].includes(name.name);
  const touched = stage.truth.patients.filter((one) => isTouched(one.facility) || isTouched(one.doctor));
  const before = await chartsOf(stage, touched);

  const tries: readonly [string, Exchange][] = [
    [`the facility “${facility}”`, await stage.tom.post(`/facilities/${stage.facilities[2]}/delete`)],
    [`the doctor ${doctor}`, await stage.amara.post(`/doctors/${number}/delete`)],
  ];
  for (const [what, exchange] of tries) if (exchange.status >= 500) run.report(crashed(what, exchange));

  const after = await chartsOf(stage, touched);
  for (const [i, patient] of touched.entries()) {
    const [own, chart] = [before[i]?.bodies ?? [], after[i]?.exchange];
    const bodies = after[i]?.bodies ?? [];
    if (chart === undefined || (chart.status === 200 && own.join() === bodies.join())) continue;
    run.report({
      ruleId: 'clinic/delete-loses-charts',
      message: `After deleting a facility and a doctor the chart of ${patient.name} is gone or not whole.`,
      tried: `${tries.map(([, exchange]) => triedOf(exchange)).join(', ')}, then ${triedOf(chart)}`,
      expected: `The chart with ${own.length} notes.`,
      observed: `${chart.status}, ${bodies.length} notes.`,
      why: 'Medical records must be kept for years, whatever becomes of the building.',
      evidence: [chart.evidence()],
    });
  }
}

/** What a chart shows before is what it must show after, whatever that is. */
async function chartsOf(stage: Stage, patients: readonly PatientTruth[]) {
  const charts: { readonly exchange: Exchange; readonly bodies: readonly string[] }[] = [];
  for (const patient of patients) {
    const exchange = await stage.amara.get(`/patients/${stage.idOf(patient)}`);
    const notes = exchange.page().facts('note');
    charts.push({ exchange, bodies: notes.map(({ fields }) => fold(fields['body'])) });
  }
  return charts;
}

async function doctorNumber({ clinic }: Stage, name: string): Promise<string> {
  const { rows } = await clinic.database.database.query<{ id: string }>(
    'SELECT id::text FROM doctors WHERE name = $1',
    [name],
  );
  return rows[0]?.id ?? 'none';
}

const crashed = (what: string, exchange: Exchange) => ({
  ruleId: 'clinic/delete-crashes',
  message: `Deleting ${what} ends in an error that nobody expected.`,
  tried: triedOf(exchange),
  expected: '303 when it was deleted, 409 “still-in-use” when it is still needed.',
  observed: `${exchange.status}: ${exchange.page().error() ?? exchange.body.slice(0, 200)}`,
  why: 'The clinic answers 409 to a foreign key that refuses, and 500 to everything else.',
  location: { file: 'app/src/models.ts' },
  evidence: [exchange.evidence()],
});
