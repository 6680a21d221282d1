import { ClinicFailure } from '../../harness/failure.ts';
import type { Run } from '../../harness/run.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';
import type { Finding } from '../../model/finding.ts';
import type { Facility } from './people.ts';

export interface Form {
  readonly name?: string;
  readonly birth_date?: string;
  readonly diagnoses?: string;
}

export interface Refusal {
  readonly status: number;
  /** The short name in `data-error`. */
  readonly error: string;
  readonly message: string;
}

export const pathOf = (facility: Facility | string) =>
  `/facilities/${typeof facility === 'string' ? facility : facility.id}/patients/new`;

export const create = (
  run: Run,
  visitor: Visitor,
  facility: Facility | string,
  form: Form,
): Promise<Exchange> =>
  watched(run, visitor.post(pathOf(facility), { name: '', birth_date: '', diagnoses: '', ...form }));

/** Two requests more, so that a handler which went on after its answer has come to its end. */
export async function letHandlersEnd(run: Run, visitor: Visitor): Promise<void> {
  await watched(run, visitor.get('/patients/search'));
  await watched(run, visitor.get('/facilities'));
}

/** Throws `ClinicFailure`, which says so when a handler went on after its answer. */
async function watched(run: Run, exchange: Promise<Exchange>): Promise<Exchange> {
  try {
    return await exchange;
  } catch (error) {
    const output = (await run.clinic()).output();
    if (!(error instanceof ClinicFailure) || !output.includes('ERR_HTTP_HEADERS_SENT')) throw error;
    throw new ClinicFailure(answeredTwice(output));
  }
}

/** A form with nothing wrong in it, and a name that nobody has. */
export function soundForm(run: Run): Required<Form> {
  const [a = '', b = ''] = run.random.shuffle(DIAGNOSES);
  return { name: newName(run), birth_date: someBirthDate(run), diagnoses: `${a}, ${b}` };
}

/** Two words, so that a first and a last name can be made of it. The apostrophe must survive pages and storage. */
export function newName(run: Run): string {
  const word = (length: number) => capital(run.random.marker(length));
  return `${word(6)} O'${word(7)}`;
}

export function someBirthDate(run: Run): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${run.random.integer(1931, 2019)}-${two(run.random.integer(1, 12))}-${two(run.random.integer(1, 28))}`;
}

/** `days` from today, as the clinic counts them: in UTC. */
export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Says so when an answer is not the refusal that was expected; more refusals beside it are fine. */
export function expectRefusal(run: Run, what: string, exchange: Exchange, refusal: Refusal): void {
  const { status, error, message } = refusal;
  const names = exchange.page().attribute('[data-error]', 'data-error');
  const texts = exchange.page().text('[data-error]');
  const problem =
    exchange.status !== status
      ? 'refusals/wrong-status'
      : !names.includes(error) || !texts.some((text) => text.includes(message))
        ? 'refusals/wrong-message'
        : null;
  if (problem === null) return;
  run.report({
    ruleId: problem,
    message: `${what} is not answered as before.`,
    tried: triedOf(exchange),
    expected: `${status} and "${message}" in an element with data-error="${error}".`,
    observed: `${exchange.status} and ${said(names, texts)}.`,
    why: 'Putting code in order must not change what it does: pages, tests and people rely on each of these answers.',
    location: { file: 'app/src/views/create-patient.ts' },
    evidence: [exchange.evidence()],
  });
}

export function triedOf(exchange: Exchange): string {
  const evidence = exchange.evidence();
  const body = evidence.kind === 'exchange' ? evidence.request.body : undefined;
  return `${exchange.method} ${exchange.path}${body === undefined ? '' : ` with ${decodeURIComponent(body.replaceAll('+', ' '))}`}`;
}

/** Express then breaks off the connection, which the next request on it notices. */
function answeredTwice(output: string): Finding {
  const [, file, line] = /(app\/src\/[^\s:()]+):(\d+)/.exec(output) ?? [];
  return {
    ruleId: 'refusals/answered-twice',
    level: 'error',
    message: 'The clinic went on after it had answered, and tried to answer a second time.',
    tried: 'POST to /facilities/:id/patients/new, with each kind of mistake',
    expected: 'A refusal ends the handler.',
    observed: `ERR_HTTP_HEADERS_SENT${line === undefined ? '' : ` at ${file}, line ${line}`}`,
    why: 'sendError sends a page and comes back: without a return the code below it runs too, up to the line that stores.',
    location: file === undefined ? { file: 'app/src/views/create-patient.ts' } : { file, line: Number(line) },
  };
}

function said(names: readonly string[], texts: readonly string[]): string {
  if (names.length === 0) return 'a page without data-error';
  return names.map((name, i) => `data-error="${name}" with "${texts[i] ?? ''}"`).join(', ');
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Words that the clinic knows, so that a list of allowed diagnoses accepts them. */
const DIAGNOSES = ['asthma', 'flu', 'gout', 'diabetes', 'heart disease'];

export const LOGIN: Refusal = { status: 401, error: 'login-required', message: 'You must be logged in' };
export const NO_FACILITY: Refusal = { status: 404, error: 'facility-not-found', message: 'No such facility' };
export const FORBIDDEN: Refusal = {
  status: 403,
  error: 'forbidden',
  message: 'You do not have access to this facility',
};
