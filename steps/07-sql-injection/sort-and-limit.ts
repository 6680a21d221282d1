import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { admitFamily } from './admission.ts';
import { answerOf, listed } from './answer.ts';
import { patientsOn, searchPath } from './requests.ts';
import { type Stage, stage } from './stage.ts';
import { keyOf, type Known } from './truth.ts';

/** The search still sorts by the three columns that it offers, and shows no more than the limit. */
export async function sortsAndLimits(run: Run): Promise<void> {
  const scene = await run.once(stage);
  if (!(await admitFamily(run))) return;
  for (const sort of run.random.shuffle(Object.keys(ORDERS))) await sortsBy(run, scene, sort);
  for (const limit of [run.random.integer(1, 3), run.random.integer(5, 40)])
    await limitsTo(run, scene, limit);
}

/** A choice by `columns[sort]` also finds what every object has. It is no way in, so it is a note. */
export async function noteInheritedKey(run: Run): Promise<void> {
  const { doctor } = await run.once(stage);
  const [answer, plain] = [
    await doctor.get(searchPath(['sort', 'constructor'])),
    await doctor.get(searchPath(['sort', 'construct'])),
  ];
  const refused = answer.statements.some(({ error }) => error?.code === '42601');
  if (!refused || plain.statements.some(({ error }) => error !== null)) return;
  run.report({
    ruleId: 'injection/inherited-key',
    level: 'note',
    message:
      'The sort is looked up in an object, and "constructor" is found there: every object inherits it.',
    tried: `GET ${answer.path}`,
    expected: 'The same as for any word that is no column.',
    observed: answerOf(answer),
    why: 'Nobody can choose what is found, so this is no injection; a Map, or Object.hasOwn, finds only what was put in.',
    location: { file: 'app/src/views/search.ts' },
    evidence: [answer.evidence()],
  });
}

async function sortsBy(run: Run, { doctor, family }: Stage, sort: string): Promise<void> {
  const answer = await doctor.get(searchPath(['name', family.name], ['sort', sort]));
  const found = patientsOn(answer).map(keyOf);
  const expected = [...family.members].sort(ORDERS[sort]).map(keyOf);
  if (found.join() === expected.join()) return;
  reportBroken(run, answer, {
    message: `The search does not sort by ${sort.replace('_', ' ')} any more.`,
    expected: `In this order: ${listed(expected)}.`,
    observed: `${answerOf(answer)} In this order: ${listed(found)}.`,
  });
}

async function limitsTo(run: Run, { doctor, family }: Stage, limit: number): Promise<void> {
  const answer = await doctor.get(
    searchPath(['name', family.name], ['sort', 'birth_date'], ['limit', String(limit)]),
  );
  const found = patientsOn(answer).map(keyOf);
  const expected = [...family.members].sort(ORDERS['birth_date']).slice(0, limit).map(keyOf);
  if (found.join() === expected.join()) return;
  reportBroken(run, answer, {
    message: `The search does not keep to a limit of ${limit} any more.`,
    expected: `Of four patients of that name, these: ${listed(expected)}.`,
    observed: `${answerOf(answer)} Listed: ${listed(found)}.`,
  });
}

function reportBroken(
  run: Run,
  answer: Exchange,
  words: { message: string; expected: string; observed: string },
): void {
  run.report({
    ruleId: 'injection/search-broken',
    ...words,
    tried: `GET ${answer.path}`,
    why: 'The page offers these choices; a fix that drops them is a loss, not a repair.',
    location: { file: 'app/src/views/search.ts' },
    evidence: [answer.evidence()],
  });
}

/** The columns that the page offers, as `sort` spells them. Who is born later has the smaller age. */
const ORDERS: Readonly<Record<string, (a: Known, b: Known) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en'),
  birth_date: (a, b) => a.birthDate.localeCompare(b.birthDate),
  age: (a, b) => b.birthDate.localeCompare(a.birthDate),
};
