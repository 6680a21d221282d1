import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type Engine } from '../../database/engine.ts';
import type { Step } from '../../model/step.ts';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { createPrivateHome, type PrivateHome } from '../database/private-home.ts';
import { mended, type Part, PARTS } from './data-modeling-parts.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
/** Every part alone, then as the guide lists them, then all but one. `ALL_PARTS=1` tries the 32 there are. */
const SETS: readonly (readonly Part[])[] =
  process.env['ALL_PARTS'] === undefined
    ? [
        ...PARTS.map((part) => [part]),
        ...[2, 3, 4, 5].map((count) => PARTS.slice(0, count)),
        PARTS.filter((part) => part !== 'facility'),
      ]
    : Array.from({ length: 32 }, (_, bits) => PARTS.filter((_part, index) => (bits >> index) % 2 === 1));

let place: PrivateHome;
let engine: Engine;
let judge: Judge;
let step: Step;
let shipped: ReadonlyMap<string, Buffer>;
let folder = '';

beforeAll(async () => {
  place = await createPrivateHome();
  engine = await startEngine({ home: place.home, force: 'native' });
  judge = createJudge({ root: ROOT, database: { address: { ...engine.address } } });
  const found = (await loadCatalogue(ROOT)).find(({ slug }) => slug === 'data-modeling');
  if (found === undefined) throw new Error('there is no step data-modeling');
  step = found;
  shipped = await (await openWorkspace({ root: ROOT })).baseline();
  folder = await mkdtemp(join(tmpdir(), 'so-parts-'));
}, 60_000);

afterAll(async () => {
  await judge.close();
  await engine.close();
  await place.dispose();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test.each(SETS.map((parts) => [parts.join(', ') || 'nothing', parts] as const))(
  'with %s mended, these parts are green, the others red, and the clinic works',
  async (_names, parts) => {
    const done = new Set(parts);
    const app = await written(mended(done, shipped.get('app/src/models.ts')?.toString('utf8') ?? ''));
    const { checks } = await judge.run({
      run: parts.join('+'),
      step,
      app,
      seed: 11,
      signal: new AbortController().signal,
    });
    const findings = checks.flatMap((check) => ('findings' in check ? check.findings : []));
    const colours = Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
    const expected = Object.fromEntries(
      step.checks.map(({ id, part }) => [id, isDone(part, done) ? 'passed' : 'failed']),
    );
    expect(colours, JSON.stringify(findings, null, 1).slice(0, 4_000)).toEqual(expected);
  },
  60_000,
);

test('what the clinic as shipped is told, in these words', async () => {
  const { checks } = await judge.run({
    run: 'words',
    step,
    app: await written({}),
    seed: 11,
    signal: new AbortController().signal,
  });
  const told = checks.flatMap((check) => ('findings' in check ? check.findings.slice(0, 1) : []));
  const words = told.map(({ ruleId, message, expected, observed, why }) =>
    [ruleId, message, `expected: ${expected}`, `observed: ${observed}`, `why: ${why}`].join('\n'),
  );
  // Ages are as of the day on which the test runs.
  const lasting = words.join('\n\n').replace(/((?:Ruiz|Hale|Sato|Smith)(?:, born [\d-]+)?): \d+/g, '$1: N');
  expect(lasting).toMatchInlineSnapshot(`
    "facility/no-key
    No foreign key ties a patient to a facility.
    expected: Keys that lead each patient to the facility. Any table and column names do, and any type of key.
    observed: patients.facility_name holds the name as a text.
    why: A facility is renamed, and all its patients are gone: a name in a text is not tied to the thing that has the name.

    doctor/no-key
    No foreign key ties a patient to a doctor.
    expected: Keys that lead each patient to the doctor. Any table and column names do, and any type of key.
    observed: patients.doctor_name holds the name as a text.
    why: A doctor who marries takes the name along and leaves the patients behind.

    notes/no-key
    No foreign key ties a note to a patient.
    expected: Keys that lead each note to the patient. Any table and column names do, and any type of key.
    observed: notes is tied to no patient.
    why: Two people have one name. Whoever opens the chart of one reads the other's notes, and treats what is not there.

    diagnoses/list-left
    patients.diagnoses holds a whole list of diagnoses in one value.
    expected: A row for each diagnosis of each patient, tied to the patient by a foreign key.
    observed: patients.diagnoses.
    why: Nobody can ask "who has asthma" of a text with commas, no key can check its words, and every reader has to clean it anew.

    age/stored
    patients.age stores the age.
    expected: The birth date is stored; the age is computed when somebody asks.
    observed: patients.age holds it for at least four patients in five.
    why: An age is wrong the day after it was written for somebody, every day. A trigger writes it when the row changes, and rows do not change on birthdays.

    facility/rename-loses-patients
    After renaming “North Clinic” to “Zqdncc Zqnlhqlw House”, the chart of Leila Haddad names another facility.
    expected: facility: Zqdncc Zqnlhqlw House
    observed: 200, facility: North Clinic
    why: The name is what people call it; what it is must not depend on that.

    doctor/rename-loses-patients
    A doctor took another name, and the chart of Ana Ruiz still has the old one.
    expected: doctor: Zqlvlt Zqvcmlgd
    observed: 200, doctor: Amara Okafor
    why: Whoever looks for the doctor to ask finds nobody of that name.

    notes/foreign-notes-shown
    The chart of Jo Smith, born 1970-04-04, shows somebody else's notes.
    expected: “Gout attack after a wedding. Allopurinol explained, no penicillin: allergic.”
    observed: 200, “sore throat, culture positive. penicillin for seven days.” and “gout attack after a wedding. allopurinol explained, no penicillin: allergic.”.
    why: One of two namesakes is allergic to what the other is given.

    diagnoses/shown-wrong
    The chart of Fay Wong does not show each diagnosis once.
    expected: diabetes, heart disease
    observed: 200: diabetes, diabetes, heart disease
    why: An illness that is listed twice is counted twice, and one that is missing is not treated.

    age/directory-wrong
    The view patient_directory shows 18 patients with another age than today's.
    expected: Ana Ruiz, born 1980-02-11: N; Gus Hale, born 1955-07-19: N; Hana Sato, born 1999-11-05: N; Jo Smith, born 1970-04-04: N
    observed: Ana Ruiz: N; Gus Hale: N; Hana Sato: N; Jo Smith: N
    why: Search, export and the report of a facility read the age there."
  `);
}, 60_000);

/** Checks of the clinic as a whole pass at each of the parts. `step.json` writes them with a capital. */
function isDone(title: string | undefined, done: ReadonlySet<Part>): boolean {
  const part = PARTS.find((name) => name === title?.toLowerCase());
  return part === undefined || done.has(part);
}

async function written(changes: Readonly<Record<string, string>>): Promise<string> {
  await rm(join(folder, 'app'), { recursive: true, force: true, maxRetries: 5 });
  const files = new Map<string, string | Buffer>([...shipped, ...Object.entries(changes)]);
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return join(folder, 'app');
}
