import type { Run } from '../run.ts';
import type { Exchange } from '../visit.ts';

export interface Expected {
  /** What a page must show, in words; what it shows; what it must show. */
  readonly facts: readonly (readonly [what: string, observed: unknown, expected: unknown])[];
  readonly status?: number;
  /** The short name in `data-error`. */
  readonly error?: string;
  readonly file: string;
}

/** Reports the first thing in which an answer is not as it was. True when there is none. */
export function holds(run: Run, exchange: Exchange, expected: Expected): boolean {
  const { status = 200, error = null, file } = expected;
  const differences = [
    ['the status', exchange.status, status],
    ['data-error', exchange.page().error() === null ? null : errorName(exchange), error],
    ...expected.facts,
  ].filter(([, observed, wanted]) => JSON.stringify(observed) !== JSON.stringify(wanted));
  const [first] = differences;
  if (first === undefined) return true;
  const [what, observed, wanted] = first;
  run.report({
    ruleId: exchange.status === status ? 'charts/page-changed' : 'charts/wrong-status',
    message: `${exchange.method} ${pattern(exchange.path)} no longer answers as before: ${String(what)}.`,
    tried: `${exchange.method} ${exchange.path}`,
    expected: `${String(what)}: ${said(wanted)}`,
    observed: `${String(what)}: ${said(observed)}`,
    why: 'Putting code in order must not change what it does: the pages are what the doctors work with.',
    location: { file },
    evidence: [exchange.evidence()],
  });
  return false;
}

const errorName = (exchange: Exchange) => exchange.page().attribute('[data-error]', 'data-error')[0] ?? null;

const said = (value: unknown) => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value));

/** `/patients/12/notes` as `/patients/:id/notes`. */
const pattern = (path: string) => path.replace(/\/(patients|notes)\/[^/?]+/, '/$1/:id');
