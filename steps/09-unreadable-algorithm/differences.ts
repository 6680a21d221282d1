import type { Exchange } from '../../harness/visit.ts';
import type { Planted } from './planting.ts';
import { expectedReport } from './reference.ts';

/** One way in which a report is not the one that was expected. */
export interface Difference {
  readonly rule: Rule;
  readonly population: Planted;
  readonly exchange: Exchange;
  readonly expected: string;
  readonly observed: string;
}

type Rule =
  | 'report/no-report'
  | 'report/wrong-facility'
  | 'report/wrong-ages'
  | 'report/wrong-diagnoses'
  | 'report/wrong-ranking'
  | 'report/wrong-summary';

/** Compares field by field what README.md promises; more fields beside these are fine. */
export function differencesOf(population: Planted, exchange: Exchange): Difference[] {
  const answer = jsonOf(exchange);
  const around = { population, exchange };
  if (answer === null) {
    const said = exchange.page().error() ?? exchange.body.slice(0, 120).replace(/\s+/g, ' ');
    const observed = `${exchange.status} and ${said}`;
    return [{ ...around, rule: 'report/no-report', expected: '200 and a JSON object.', observed }];
  }
  const expected = wanted(population);
  return RULES.flatMap(([rule, fields]) => {
    const part = (from: Readonly<Record<string, unknown>>) =>
      inOrder(Object.fromEntries(fields.map((f) => [f, from[f]])));
    const [want, got] = [part(expected), part({ ...answer, high_risk: trimmed(answer['high_risk']) })];
    return want === got ? [] : [{ ...around, rule, expected: want, observed: got }];
  });
}

function wanted(population: Planted): Readonly<Record<string, unknown>> {
  const report = expectedReport(population.patients);
  const keys = new Map(population.patients.map((patient) => [patient.id, patient.key]));
  return {
    ...report,
    facility: population.facility.name,
    high_risk: report.high_risk.map(({ id, name, score }) => ({ id: keys.get(id), name, score })),
  };
}

/** An id may come as a number or as a text: that is the driver's affair. */
function trimmed(ranking: unknown): unknown {
  if (!Array.isArray(ranking)) return ranking;
  return ranking.map((entry: unknown) => {
    const { id, name, score } = Object(entry) as Record<string, unknown>;
    return { id: String(id), name, score };
  });
}

function jsonOf(exchange: Exchange): Readonly<Record<string, unknown>> | null {
  if (exchange.status !== 200) return null;
  try {
    const answer: unknown = JSON.parse(exchange.body);
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? { ...answer } : null;
  } catch {
    return null;
  }
}

/** JSON with the keys of objects sorted: their order means nothing. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const RULES: readonly (readonly [Rule, readonly string[]])[] = [
  ['report/wrong-facility', ['facility', 'total_patients']],
  ['report/wrong-ages', ['average_age', 'max_age', 'min_age']],
  ['report/wrong-diagnoses', ['diagnoses']],
  ['report/wrong-ranking', ['high_risk']],
  ['report/wrong-summary', ['risk_summary']],
];
