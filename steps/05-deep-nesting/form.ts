import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { meetPeople } from './people.ts';
import {
  create,
  expectRefusal,
  FORBIDDEN,
  LOGIN,
  newName,
  NO_FACILITY,
  pathOf,
  triedOf,
} from './requests.ts';

/** The form opens for those who may use it, posts to the same place, and gives back what was entered. */
export async function checkForm(run: Run): Promise<void> {
  const { anonymous, doctor, home, foreign } = await meetPeople(run);
  const missing = String(run.random.integer(100_000, 900_000));

  expectRefusal(run, 'The form, to somebody without a login', await anonymous.get(pathOf(home)), LOGIN);
  expectRefusal(
    run,
    'The form of a facility that is not there',
    await doctor.get(pathOf(missing)),
    NO_FACILITY,
  );
  expectRefusal(run, "The form of somebody else's facility", await doctor.get(pathOf(foreign)), FORBIDDEN);

  const form = await doctor.get(pathOf(home));
  expectFields(run, form, 200, {});
  const entered = { name: `${newName(run)} & "Co"`, birth_date: day31(run), diagnoses: 'flu' };
  expectFields(run, await create(run, doctor, home, entered), 400, entered);
}

function expectFields(
  run: Run,
  exchange: Exchange,
  status: number,
  entered: Readonly<Record<string, string>>,
): void {
  const page = exchange.page();
  const fields = ['name', 'birth_date', 'diagnoses'];
  const values = fields.map((name) => page.attribute(`[name="${name}"]`, 'value')[0] ?? '');
  const there = fields.every((name) => page.attribute(`form [name="${name}"]`, 'name').length === 1);
  const kept = fields.every((name, i) => values[i] === (entered[name] ?? ''));
  const errors = page.attribute('[data-error]', 'data-error').length;
  if (exchange.status === status && there && kept && (status === 200) === (errors === 0)) return;
  run.report({
    ruleId: 'form/changed',
    message:
      status === 200
        ? 'The form of a new patient is not shown as before.'
        : 'The form forgets what was entered.',
    tried: triedOf(exchange),
    expected: `${status} and a form with the fields ${fields.map((name) => `${name}="${entered[name] ?? ''}"`).join(', ')}.`,
    observed: `${exchange.status}; ${there ? fields.map((name, i) => `${name}="${values[i] ?? ''}"`).join(', ') : 'not all fields are there'}.`,
    why: 'Whoever mistyped one field should not have to enter the others again.',
    location: { file: 'app/src/views/create-patient.ts' },
    evidence: [exchange.evidence()],
  });
}

/** A day that no calendar has. */
const day31 = (run: Run) =>
  `${run.random.integer(1950, 2010)}-${run.random.pick(['02-30', '04-31', '11-31', '13-05'])}`;
