import type { Run } from '../../harness/run.ts';
import { listPatients, newcomers } from './directory.ts';
import { meetPeople } from './people.ts';
import {
  create,
  day,
  expectRefusal,
  FORBIDDEN,
  LOGIN,
  newName,
  NO_FACILITY,
  soundForm,
  triedOf,
} from './requests.ts';
import { expectNothingStored } from './stored.ts';

/** Several things wrong at once: who may ask is decided before what was entered. */
export async function checkOrder(run: Run): Promise<void> {
  const { anonymous, doctor, home, foreign } = await meetPeople(run);
  const missing = String(run.random.integer(100_000, 900_000));
  const before = await listPatients(run);
  const future = { name: newName(run), birth_date: day(400) };

  const tries = [
    [LOGIN, await create(run, anonymous, missing, {}), 'Nobody, for no facility, with an empty form'],
    [LOGIN, await create(run, anonymous, foreign, future), 'Nobody, with a birth date in the future'],
    [NO_FACILITY, await create(run, doctor, missing, {}), 'An empty form for a facility that is not there'],
    [FORBIDDEN, await create(run, doctor, foreign, {}), "An empty form for somebody else's facility"],
    [
      FORBIDDEN,
      await create(run, doctor, foreign, future),
      "A birth date in the future, for somebody else's facility",
    ],
  ] as const;
  for (const [refusal, exchange, what] of tries) expectRefusal(run, what, exchange, refusal);

  const both = await create(run, doctor, home, { diagnoses: soundForm(run).diagnoses });
  if (both.status !== 400 || both.page().error() === null)
    run.report({
      ruleId: 'refusals/wrong-status',
      message: 'A form without a name and without a birth date is not refused as before.',
      tried: triedOf(both),
      expected: '400 and a message about one of the two, or about both.',
      observed: `${both.status} and ${both.page().error() ?? 'no message'}.`,
      location: { file: 'app/src/views/create-patient.ts' },
      evidence: [both.evidence()],
    });
  expectNothingStored(run, both, newcomers(before, await listPatients(run)));
}
