import { afterWaking } from '../../clinic/waking-time.ts';
import type { Diagnosis, Examination, Surroundings } from './diagnosis.ts';
import { createRedactor } from './redact.ts';

export type Line = Pick<Examination, 'id' | 'title'> & {
  readonly diagnosis: Diagnosis;
  /** It did not answer in time: whatever it waits for may still be open. */
  readonly late: boolean;
};

/** All at once, each within its limit and without a secret in it. Never throws: an examination that does is a line too. */
export function examineAll(
  examinations: readonly Examination[],
  surroundings: Surroundings,
  limitMs = LIMIT_MS,
): Promise<readonly Line[]> {
  const redact = createRedactor(surroundings.environment);
  return Promise.all(
    examinations.map(async (examination) => {
      const { id, title } = examination;
      const found = await examineInTime(examination, surroundings, limitMs);
      const diagnosis = found ?? late(limitMs);
      return { id, title, diagnosis: redacted(diagnosis, redact), late: found === null };
    }),
  );
}

/** `null` when its time was over. */
async function examineInTime(
  examination: Examination,
  surroundings: Surroundings,
  limitMs: number,
): Promise<Diagnosis | null> {
  const controller = new AbortController();
  let callOff: () => void = () => undefined;
  const limit = new Promise<null>((resolve) => {
    callOff = afterWaking(limitMs, () => {
      controller.abort();
      resolve(null);
    });
  });
  // That wait keeps no process alive, and an examination that waits in vain may not do so either.
  const patience = setInterval(() => undefined, limitMs);
  try {
    const work = examination.examine(surroundings, controller.signal).catch(fault);
    return await Promise.race([work, limit]);
  } finally {
    callOff();
    clearInterval(patience);
  }
}

function redacted(diagnosis: Diagnosis, redact: (text: string) => string): Diagnosis {
  const says = redact(diagnosis.says);
  return diagnosis.state === 'ok'
    ? { ...diagnosis, says }
    : { ...diagnosis, says, remedy: redact(diagnosis.remedy) };
}

const fault = (error: unknown): Diagnosis => ({
  state: 'warning',
  says: `could not be examined: ${error instanceof Error ? error.message : String(error)}`,
  remedy: 'Report this line; it says nothing about your computer.',
});

const late = (limitMs: number): Diagnosis => ({
  state: 'warning',
  says: `gave no answer within ${limitMs / 1000} s`,
  remedy: 'Run `npm run doctor` again when the computer is less busy.',
});

/** Milliseconds. All run at once, so this is the whole doctor's limit as well. */
const LIMIT_MS = 5_000;
