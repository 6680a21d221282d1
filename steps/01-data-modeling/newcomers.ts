import type { Run } from '../../harness/run.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';
import type { Stage } from './stage.ts';

export interface Newcomer {
  readonly name: string;
  readonly birth: string;
  readonly diagnoses: string;
}

/** Sends the form of a new patient; the number is null when the clinic did not answer with the way to a chart. */
export async function admit(
  doctor: Visitor,
  facility: string,
  newcomer: Newcomer,
): Promise<{ exchange: Exchange; id: string | null }> {
  const exchange = await doctor.post(`/facilities/${facility}/patients/new`, {
    name: newcomer.name,
    birth_date: newcomer.birth,
    diagnoses: newcomer.diagnoses,
  });
  const to = exchange.headers['location'];
  const id =
    exchange.status === 303 || exchange.status === 302 ? /\/patients\/([^/?#]+)/.exec(String(to))?.[1] : null;
  return { exchange, id: id ?? null };
}

/** Two words that no name in the records has. */
export function newName(run: Run): string {
  const word = (length: number) => {
    const text = run.random.marker(length);
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return `${word(6)} ${word(8)}`;
}

export function someBirth(run: Run): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${run.random.integer(1945, 1999)}-${two(run.random.integer(1, 12))}-${two(run.random.integer(1, 28))}`;
}

/** Says so when the form of a sound newcomer is not taken. */
export function expectAdmitted(run: Run, stage: Stage, exchange: Exchange, id: string | null): id is string {
  if (id !== null) return true;
  run.report({
    ruleId: 'clinic/no-new-patient',
    message: `A new patient can not be created any more: the clinic answers ${exchange.status}.`,
    tried: `POST ${exchange.path} with a new name, a birth date and diagnoses that the clinic knows.`,
    expected: '303 and the address of the new chart.',
    observed: `${exchange.status}: ${exchange.page().text('main').join(' ').slice(0, 200) || exchange.body.slice(0, 200)}`,
    why: stage.clinic.output().split('\n').slice(-3).join(' ').slice(0, 300),
    location: { file: 'app/src/models.ts' },
    evidence: [exchange.evidence()],
  });
  return false;
}
