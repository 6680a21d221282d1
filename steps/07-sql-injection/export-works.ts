import type { Run } from '../../harness/run.ts';
import { statementEvidence } from '../../harness/sql/statement-evidence.ts';
import type { Exchange } from '../../harness/visit.ts';
import { admitFamily } from './admission.ts';
import { answerOf, listed } from './answer.ts';
import { parseCsv } from './csv.ts';
import { placeOf } from './place.ts';
import { exportPath } from './requests.ts';
import { type PlacedFacility, type Stage, stage } from './stage.ts';
import { folded, keyOf, keyOfLegacy, type Known } from './truth.ts';

/** What a right fix keeps of the export: the header, every patient of the facility, nobody else, and who may have it. */
export async function exportWorks(run: Run): Promise<void> {
  const scene = await run.once(stage);
  await exports(run, scene, scene.marys, []);
  const admitted = await admitFamily(run);
  await exports(run, scene, scene.north, admitted ? scene.family.members : []);
  await refuses(run, scene, scene.harbour.id, "a facility where the doctor doesn't work");
  await refuses(run, scene, '99999999', 'a facility that does not exist');
}

async function exports(
  run: Run,
  { doctor }: Stage,
  facility: PlacedFacility,
  others: readonly Known[],
): Promise<void> {
  const answer = await doctor.get(exportPath(['facility', facility.id]));
  const wrong = wrongIn(answer, facility, others);
  if (wrong === null) return;
  run.report({
    ruleId: wrong.strangers.length > 0 ? 'injection/foreign-rows' : 'injection/export-broken',
    message: `The export of ${facility.name} ${wrong.what}.`,
    tried: `GET ${answer.path} as a doctor of ${facility.name}`,
    expected: wrong.expected,
    observed: wrong.observed,
    why: facility.name.includes("'")
      ? 'The name of this facility comes out of the database, and it ends the text that it is put into all the same.'
      : 'A fix keeps what the export is for.',
    location: placeOf(run, answer, [facility.name]),
    evidence: [
      answer.evidence(),
      statementEvidence(`GET ${answer.path}`, answer.statements, {
        text: facility.name,
        marker: facility.name,
        label: 'the stored name of the facility',
      }),
    ],
  });
}

interface Wrong {
  readonly what: string;
  readonly expected: string;
  readonly observed: string;
  readonly strangers: readonly string[];
}

function wrongIn(answer: Exchange, facility: PlacedFacility, others: readonly Known[]): Wrong | null {
  const fail = (what: string, expected: string, observed: string, strangers: readonly string[] = []) => ({
    what,
    expected,
    observed,
    strangers,
  });
  const type = String(answer.headers['content-type'] ?? '');
  if (answer.status !== 200 || !type.includes('csv'))
    return fail('fails', 'Status 200 and text/csv.', `${answerOf(answer)} Content-Type: ${type || 'none'}.`);
  const [header = [], ...records] = parseCsv(answer.body.replace(/^\uFEFF/, ''));
  if (header.join() !== HEADER) return fail('has another header', HEADER, header.join() || 'an empty file');

  const rows = records.map((record) => rowOf(record));
  const exported = rows.map(keyOf);
  const missing = [...facility.certain.map(keyOfLegacy), ...others.map(keyOf)].filter(
    (key) => !exported.includes(key),
  );
  if (missing.length > 0)
    return fail('leaves patients out', `Among others: ${listed(missing)}.`, `Exported: ${listed(exported)}.`);
  const known = new Set([...facility.possible.map(keyOfLegacy), ...facility.newcomers, ...others.map(keyOf)]);
  const strangers = exported.filter((key) => !known.has(key));
  if (strangers.length > 0)
    return fail(
      'holds somebody else',
      `Patients of ${facility.name} only.`,
      `Exported: ${listed(strangers)}.`,
      strangers,
    );
  const damaged = rows.find(
    (row) => folded(row.facility) !== folded(facility.name) || row.isDamaged(facility),
  );
  return damaged === undefined
    ? null
    : fail(
        'holds a damaged row',
        `Seven values as the header names them, the facility being "${facility.name}".`,
        damaged.text,
      );
}

function rowOf(record: readonly string[]) {
  const [, name = '', birthDate = '', , facility = '', , diagnoses = ''] = record;
  return {
    name,
    birthDate,
    facility,
    text: record.join(' | '),
    isDamaged: (of: PlacedFacility) => {
      const legacy = of.certain.find((patient) => keyOfLegacy(patient) === keyOf({ name, birthDate }));
      const same = legacy === undefined || words(diagnoses) === words(legacy.diagnoses ?? '');
      return record.length !== 7 || !same;
    },
  };
}

async function refuses(run: Run, { doctor }: Stage, id: string, what: string): Promise<void> {
  const answer = await doctor.get(exportPath(['facility', id]));
  if (answer.status >= 400) return;
  run.report({
    ruleId: 'injection/foreign-rows',
    message: `The export gives out ${what}.`,
    tried: `GET ${answer.path} as a doctor of the North Clinic and of St. Mary's Hospital`,
    expected: 'Status 403 or 404.',
    observed: `Status ${answer.status}: ${answer.body.slice(0, 300)}`,
    why: 'A facility’s list belongs to the doctors who work there; a fix keeps the door.',
    location: { file: 'app/src/views/search.ts' },
    evidence: [answer.evidence()],
  });
}

/** The diagnoses of a list whatever its separator, order and spelling. */
const words = (list: string) =>
  [...new Set(list.split(/[,;|]/).map(folded))]
    .filter((word) => word !== '')
    .sort()
    .join();

const HEADER = 'id,name,birth_date,age,facility,doctor,diagnoses';
