import type { Run } from '../../harness/run.ts';
import { statementEvidence } from '../../harness/sql/statement-evidence.ts';
import type { Exchange } from '../../harness/visit.ts';
import { admitFamily } from './admission.ts';
import { answerOf, listed } from './answer.ts';
import { placeOf } from './place.ts';
import { patientsOn, searchPath } from './requests.ts';
import { type Stage, stage } from './stage.ts';
import { keyOf, type Known } from './truth.ts';

/** What a right fix keeps: everybody is found by their name, at the doctor's own facilities only. */
export async function searchWorks(run: Run): Promise<void> {
  const scene = await run.once(stage);
  for (const search of RECORDED) await findsOne(run, scene, search);
  if (await admitFamily(run)) {
    const { umlaut, percent } = scene.family;
    await findsOne(run, scene, { text: umlaut.name, patient: umlaut, why: UMLAUT });
    const withoutFirst = percent.name.replace('Percy ', '');
    await findsOne(run, scene, { text: withoutFirst, patient: percent, why: PERCENT });
  }
  await findsNobody(run, scene);
  await opensEmpty(run, scene);
}

interface Search {
  readonly text: string;
  readonly patient: Known;
  readonly why: string;
}

async function findsOne(run: Run, scene: Stage, { text, patient, why }: Search): Promise<void> {
  const answer = await scene.doctor.get(searchPath(['name', text]));
  const found = patientsOn(answer).map(keyOf);
  if (!found.includes(keyOf(patient))) {
    run.report({
      ruleId: 'injection/search-broken',
      message: `A search for "${text}" does not find ${patient.name}.`,
      tried: `GET ${answer.path} as a doctor of the facility where ${patient.name} is a patient`,
      expected: `A page that lists ${keyOf(patient)}.`,
      observed: `${answerOf(answer)} Listed: ${listed(found)}.`,
      why,
      location: placeOf(run, answer, [text]),
      evidence: [answer.evidence(), shown(answer, text)],
    });
  }
  staysInside(run, scene, answer);
}

async function findsNobody(run: Run, scene: Stage): Promise<void> {
  const text = run.random.marker(9);
  const answer = await scene.doctor.get(searchPath(['name', text]));
  const found = patientsOn(answer).map(keyOf);
  if (answer.status < 400 && found.length === 0) return;
  run.report({
    ruleId: 'injection/search-broken',
    message: `A search for "${text}", a name that nobody has, does not answer with an empty list.`,
    tried: `GET ${answer.path}`,
    expected: 'Status 200 and nobody listed.',
    observed: `${answerOf(answer)} Listed: ${listed(found)}.`,
    why: 'A search that ignores what is asked for has no injection either, and no use.',
    location: SEARCH,
    evidence: [answer.evidence(), shown(answer, text)],
  });
}

/** The page without a search is the form. Whether it lists everybody or nobody is for the clinic to decide. */
async function opensEmpty(run: Run, scene: Stage): Promise<void> {
  const answer = await scene.doctor.get('/patients/search');
  if (answer.status >= 400) {
    run.report({
      ruleId: 'injection/search-broken',
      message: 'The page of the search does not open any more when nothing is searched for yet.',
      tried: 'GET /patients/search, as the link "Patients" does',
      expected: 'Status 200 and the form.',
      observed: answerOf(answer),
      location: SEARCH,
      evidence: [answer.evidence()],
    });
  }
  staysInside(run, scene, answer);
}

function staysInside(run: Run, { visible }: Stage, answer: Exchange): void {
  const strangers = patientsOn(answer)
    .map(keyOf)
    .filter((key) => !visible.has(key));
  if (strangers.length === 0) return;
  run.report({
    ruleId: 'injection/foreign-rows',
    message: 'The search lists patients of facilities where the doctor does not work.',
    tried: `GET ${answer.path} as a doctor of the North Clinic and of St. Mary's Hospital`,
    expected: 'Patients of these two facilities only.',
    observed: `Listed: ${listed(strangers)}.`,
    why: 'Who may see a chart list is part of what the search does; a fix keeps it.',
    location: SEARCH,
    evidence: [answer.evidence()],
  });
}

const shown = (answer: Exchange, text: string) =>
  statementEvidence(`${answer.method} ${answer.path}`, answer.statements, {
    text,
    marker: text,
    label: 'what was searched for',
  });

const SEARCH = { file: 'app/src/views/search.ts' };

const APOSTROPHE =
  'The apostrophe is part of a name, and the end of a text in SQL. That this search fails is the same flaw by which others read what they may not.';
const WORD =
  'These words mean something in SQL, and they are people’s names. Nobody’s name may be forbidden.';
const UMLAUT = 'Names are written in every alphabet; a list of allowed letters leaves people out.';
const PERCENT =
  'Whatever somebody types into a search is text. It may find nothing, but it may not break the page.';

/** Patients in the clinic's records, whom the doctor may see. */
const RECORDED: readonly Search[] = [
  { text: "O'Brien", patient: { name: "Sean O'Brien", birthDate: '1971-05-06' }, why: APOSTROPHE },
  { text: 'Union', patient: { name: 'Marta Union', birthDate: '1990-07-08' }, why: WORD },
  { text: 'drop wilson', patient: { name: 'Drop Wilson', birthDate: '1965-09-10' }, why: WORD },
];
