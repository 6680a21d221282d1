import type { Exchange } from '../../harness/visit.ts';
import { againstNumber, againstSort, againstText, type Attack } from './attacks.ts';
import { type Door, exported } from './doors.ts';
import { exportPath, patientsOn, searchPath } from './requests.ts';
import type { Stage } from './stage.ts';
import { keyOf } from './truth.ts';

/**
 * Each parameter as one parser of addresses or another makes a list, or an object, of it. One attack each is enough: the
 * others have been tried on the plain spelling.
 */
export function listDoors(
  stage: Stage,
): readonly { readonly door: Door; readonly attacks: readonly Attack[] }[] {
  return PARAMETERS.flatMap(([parameter, attacks]) =>
    spellingsOf(parameter).map((spelling) => ({
      door: listDoor(stage, spelling, parameter),
      attacks: attacks.slice(0, 1),
    })),
  );
}

const spellingsOf = (parameter: string) => [
  [parameter, parameter],
  [`${parameter}[]`, `${parameter}[]`],
  [`${parameter}[0]`, `${parameter}[other]`],
];

type ListParameter = 'name' | 'sort' | 'limit' | 'facility';

/** A parameter that comes several times, or with brackets, as no form sends it and anybody may. The last one is hostile. */
function listDoor(stage: Stage, spelling: readonly string[], parameter: ListParameter): Door {
  const { doctor, visible, nobody, north } = stage;
  const harmless = { name: nobody, sort: 'name', limit: '5', facility: north.id }[parameter];
  const others = parameter === 'name' || parameter === 'facility' ? [] : ([['name', nobody]] as const);
  const [pathTo, listed] =
    parameter === 'facility'
      ? [exportPath, exported]
      : [searchPath, (exchange: Exchange) => patientsOn(exchange).map(keyOf)];
  return {
    input: `${parameter} in a list`,
    ruleId: 'injection/list-in-statement',
    tried: (input, { path }) => `GET ${path}, where the last ${parameter} is: ${input}`,
    send(input) {
      const values = spelling.map(
        (key, index) => [key, index < spelling.length - 1 ? harmless : input] as const,
      );
      return doctor.get(pathTo(...others, ...values));
    },
    listed,
    mayList: (key) => visible.has(key),
  };
}

const PARAMETERS: readonly (readonly [parameter: ListParameter, attacks: readonly Attack[]])[] = [
  ['name', againstText],
  ['sort', againstSort],
  ['limit', againstNumber],
  ['facility', againstNumber],
];
