import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { parseCsv } from './csv.ts';
import { rename } from './rename.ts';
import { exportPath, patientsOn, searchPath } from './requests.ts';
import type { Stage } from './stage.ts';
import { keyOf, keyOfLegacy } from './truth.ts';

/** One way by which text from outside comes into the clinic. */
export interface Door {
  /** What is sent through it, in words that go on after "the". */
  readonly input: string;
  /** The rule that a statement breaks whose tree the input changes. */
  readonly ruleId: string;
  /** What a person would do, in words that go on after a heading "Tried". */
  tried(input: string, exchange: Exchange): string;
  send(input: string): Promise<Exchange>;
  /** Whom the answer lists, and whom of them it may list. */
  listed(exchange: Exchange): readonly string[];
  mayList(key: string): boolean;
}

/** A parameter of the search, alone or besides the name of somebody who is not there. */
export function searchDoor(
  { doctor, visible, nobody }: Stage,
  parameter: 'name' | 'sort' | 'limit',
  ruleId: string,
  { isAlone } = { isAlone: parameter === 'name' },
): Door {
  const others = isAlone ? [] : ([['name', nobody]] as const);
  return {
    input: `${parameter} of the search`,
    ruleId,
    tried: (input, { path }) => `GET ${path}, where ${parameter} is: ${input}`,
    send: (input) => doctor.get(searchPath(...others, [parameter, input])),
    listed: (exchange) => patientsOn(exchange).map(keyOf),
    mayList: (key) => visible.has(key),
  };
}

/** The number of the facility to export, beginning with a right one. */
export function facilityDoor({ doctor, north, family }: Stage): Door {
  return {
    input: 'facility of the export',
    ruleId: 'injection/facility-in-statement',
    tried: (input, { path }) => `GET ${path}, where facility is: ${input}`,
    send: (input) => doctor.get(exportPath(['facility', input.replace(/^1/, north.id)])),
    listed: exported,
    mayList: atNorth({ north, family }),
  };
}

/** A name that somebody gave to a facility, when the export uses it; or the search. */
export function storedDoor(run: Run, stage: Stage, end: 'search' | 'export'): Door {
  const { doctor, north, family, visible } = stage;
  let sent = 0;
  const path = end === 'export' ? exportPath(['facility', north.id]) : searchPath(['name', family.name]);
  return {
    input: 'stored name of the facility',
    ruleId: 'injection/second-order',
    tried: (input) => `Rename ${north.name} to "${input}", then GET ${path}`,
    async send(input) {
      await rename(run, stage, input, (sent += 1) <= BY_FORM ? 'form' : 'other hands');
      return doctor.get(path);
    },
    listed: (exchange) => (end === 'export' ? exported(exchange) : patientsOn(exchange).map(keyOf)),
    mayList: end === 'export' ? atNorth({ north, family }) : (key) => visible.has(key),
  };
}

/** Whom an export holds. */
export function exported({ status, headers, body }: Exchange): readonly string[] {
  if (status !== 200 || !String(headers['content-type'] ?? '').includes('csv')) return [];
  return parseCsv(body)
    .slice(1)
    .map(([, name = '', birthDate = '']) => keyOf({ name, birthDate }));
}

function atNorth({ north, family }: Pick<Stage, 'north' | 'family'>): (key: string) => boolean {
  const known = new Set([
    ...north.possible.map(keyOfLegacy),
    ...north.newcomers,
    ...family.members.map(keyOf),
  ]);
  return (key) => known.has(key);
}

/** Renames that go through the form, which takes four statements; one shows as much as twenty. */
const BY_FORM = 1;
