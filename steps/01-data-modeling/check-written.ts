import type { Run } from '../../harness/run.ts';
import { admit, expectAdmitted, newName } from './newcomers.ts';
import { setStage, type Stage } from './stage.ts';
import { type Admitted, copiesWritten, noteCopiesWritten, rowsWrittenBy } from './written-copies.ts';

/** Two patients are admitted and a note is written: what a mended part stands for is written down once. */
export async function checkWritten(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const [year, other] = [run.random.integer(1941, 1955), run.random.integer(1961, 1975)];
  const first = await admitWatched(run, stage, `${year}-02-11`);
  const second = await admitWatched(run, stage, `${other}-03-12`);
  if (first === null || second === null) return;
  const copies = await copiesWritten(run, first, second);

  const body = `Blood taken for ${run.random.marker(9)}.`;
  const { written } = await rowsWrittenBy(run, () =>
    stage.amara.post(`/patients/${first.id}/notes`, { body }),
  );
  const author = stage.truth.doctors[0] ?? '';
  const inNotes = await noteCopiesWritten(run, written, {
    patient: first.name,
    facility: first.facility,
    author,
    body,
  });
  for (const finding of [...copies, ...inNotes]) run.report(finding);
}

async function admitWatched(
  run: Run,
  stage: Stage,
  birth: string,
): Promise<(Admitted & { readonly id: string; readonly name: string }) | null> {
  const newcomer = { name: newName(run), birth, diagnoses: 'asthma,gout,flu' };
  const { written, answer } = await rowsWrittenBy(run, () =>
    admit(stage.lukas, stage.facilities[1], newcomer),
  );
  if (!expectAdmitted(run, stage, answer.exchange, answer.id)) return null;
  const [facility = '', doctor = ''] = [stage.truth.facilities[1], stage.truth.doctors[1]];
  return { ...newcomer, written, facility, doctor, id: answer.id };
}
