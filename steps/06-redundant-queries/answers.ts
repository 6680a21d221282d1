import type { Evidence, Run } from '../../harness/run.ts';
import { type Difference, differences } from './facts.ts';
import type { Visit } from './visits.ts';

type Page = 'list' | 'facility';

/** Reports what a page shows that is not so. `about`: for a facility, which one, in words that go on after "of". */
export function expectRight(run: Run, page: Page, visit: Visit, about?: string): boolean {
  const wrong = differences(visit.expected, visit.observed);
  if (visit.exchange.status === 200 && wrong.length === 0) return true;
  const what = page === 'list' ? 'The list of facilities' : `The page of ${about ?? 'a facility'}`;
  run.report({
    ruleId: `queries/wrong-${page}`,
    message:
      visit.exchange.status === 200
        ? `${what} shows something that the database does not say: ${wrong[0]?.fact ?? ''}.`
        : `${what} answers ${visit.exchange.status}: ${visit.exchange.page().error() ?? 'no reason given'}.`,
    ...told(visit, wrong),
    why: 'A page that asks less and shows something else is no faster page. Whatever you change in the questions, the answer stays.',
  });
  return false;
}

/** Like `expectRight`, for a page that was open before: what was true then is told apart from what is merely wrong. */
export function expectFresh(
  run: Run,
  page: Page,
  earlier: readonly Visit[],
  now: Visit,
  about?: string,
): boolean {
  const wrong = differences(now.expected, now.observed);
  const isOld = ({ fact, observed }: Difference) =>
    earlier.some(({ expected }) => (expected.get(fact) ?? null) === observed);
  if (now.exchange.status !== 200 || wrong.length === 0 || !wrong.every(isOld))
    return expectRight(run, page, now, about);
  run.report({
    ruleId: 'queries/stale',
    message: `The database has changed, and ${now.exchange.path} shows what it said before.`,
    ...told(now, wrong),
    why: 'A cache answers without asking, and so it does not learn that the answer has changed: by an import, by a second copy of the clinic, by anybody. Ask once for each request; nothing more is needed here.',
  });
  return false;
}

function told({ exchange }: Visit, wrong: readonly Difference[]) {
  const [first] = wrong;
  const comparison: readonly Evidence[] =
    first === undefined
      ? []
      : [{ kind: 'comparison', expected: lines(wrong, 'expected'), observed: lines(wrong, 'observed') }];
  return {
    tried: `${exchange.method} ${exchange.path}`,
    expected: first === undefined ? 'Status 200.' : lines(wrong, 'expected'),
    observed: first === undefined ? `Status ${exchange.status}.` : lines(wrong, 'observed'),
    location: VIEW,
    evidence: [...comparison, exchange.evidence()],
  };
}

const lines = (wrong: readonly Difference[], side: 'expected' | 'observed') =>
  wrong
    .slice(0, MOST)
    .map((difference) => `${difference.fact}: ${cut(difference[side] ?? 'not there')}`)
    .join('\n');

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const MOST = 4;
const LONGEST = 240;
const VIEW = { file: 'app/src/views/facilities.ts' };
