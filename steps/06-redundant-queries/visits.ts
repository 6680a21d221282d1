import { loopedStatements, type LoopedStatement } from '../../harness/queries/functions.ts';
import { withoutControl } from '../../harness/queries/groups.ts';
import { queriesOf, type Query } from '../../harness/queries/query.ts';
import type { Exchange } from '../../harness/visit.ts';
import { type Facts, facilityFacts, facilityFactsOn, listFacts, listFactsOn } from './facts.ts';
import type { Stage } from './stage.ts';
import { trueFacility, trueList } from './truth.ts';

/** A page that was opened, with what it asked the database and what it had to show. */
export interface Visit {
  readonly exchange: Exchange;
  /** Asked for this page: what every page asks is taken off. */
  readonly queries: readonly Query[];
  /** Rows that came from the server for this page. */
  readonly rows: number;
  readonly looped: readonly LoopedStatement[];
  readonly expected: Facts;
  readonly observed: Facts;
}

/** What every page asks, the session for one: `GET /healthz` with the same cookie. */
export interface Control {
  readonly exchange: Exchange;
  readonly queries: readonly Query[];
  readonly rows: number;
}

export async function visitControl({ doctor, functions }: Stage): Promise<Control> {
  const exchange = await doctor.get('/healthz');
  return { exchange, queries: queriesOf(exchange.statements, namesOf(functions)), rows: rowsOf(exchange) };
}

export async function visitList(stage: Stage, control: Control): Promise<Visit> {
  const expected = listFacts(await trueList(stage.clinic));
  const exchange = await stage.doctor.get('/facilities');
  return { ...measured(exchange, stage, control), expected, observed: listFactsOn(exchange.body) };
}

export async function visitFacility(stage: Stage, control: Control, id: string): Promise<Visit> {
  const truth = await trueFacility(stage.clinic, id);
  const exchange = await stage.doctor.get(`/facilities/${id}`);
  return {
    ...measured(exchange, stage, control),
    expected: facilityFacts(truth),
    observed: facilityFactsOn(exchange.body, truth),
  };
}

function measured(exchange: Exchange, { functions }: Stage, control: Control) {
  const queries = queriesOf(exchange.statements, namesOf(functions));
  return {
    exchange,
    queries: withoutControl(queries, control.queries),
    rows: Math.max(0, rowsOf(exchange) - control.rows),
    looped: loopedStatements(exchange.statements, functions),
  };
}

const rowsOf = ({ statements }: Exchange) => statements.reduce((sum, statement) => sum + statement.rows, 0);
const namesOf = (functions: Stage['functions']) => new Set(functions.map(({ name }) => name));
