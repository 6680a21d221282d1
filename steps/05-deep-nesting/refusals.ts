import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { listPatients, newcomers } from './directory.ts';
import { meetPeople, type People } from './people.ts';
import {
  create,
  day,
  expectRefusal,
  FORBIDDEN,
  letHandlersEnd,
  type Form,
  LOGIN,
  newName,
  NO_FACILITY,
  type Refusal,
  someBirthDate,
  soundForm,
} from './requests.ts';
import { expectNothingStored } from './stored.ts';

/** Each branch alone: its status, its message, and nothing stored. */
export async function checkRefusals(run: Run): Promise<void> {
  const people = await meetPeople(run);
  const before = await listPatients(run);
  let last: Exchange | null = null;
  try {
    for (const { what, form, facility, visitor, refusal } of cases(run, people)) {
      last = await create(run, visitor, facility, form);
      expectRefusal(run, what, last, refusal);
    }
    await letHandlersEnd(run, people.doctor);
  } finally {
    // A handler that goes on stores a moment after its answer, so this is asked at the end. Names tell which request it was.
    if (last !== null) expectNothingStored(run, last, newcomers(before, await listPatients(run)));
  }
}

function cases(run: Run, people: People) {
  const { anonymous, doctor, home, foreign } = people;
  const missing = String(run.random.integer(100_000, 900_000));
  const bad = (what: string, form: Form, refusal: Refusal) => ({
    what,
    form,
    refusal,
    visitor: doctor,
    facility: home,
  });
  const sound = () => soundForm(run);
  return [
    { what: 'A patient from nobody', visitor: anonymous, facility: home, form: sound(), refusal: LOGIN },
    {
      what: 'A facility that is not there',
      visitor: doctor,
      facility: missing,
      form: sound(),
      refusal: NO_FACILITY,
    },
    {
      what: 'A facility that is no number',
      visitor: doctor,
      facility: 'abc',
      form: sound(),
      refusal: NO_FACILITY,
    },
    {
      what: "Somebody else's facility",
      visitor: doctor,
      facility: foreign,
      form: sound(),
      refusal: FORBIDDEN,
    },
    bad('A form without a name', { birth_date: someBirthDate(run) }, NO_NAME),
    bad('A name of blanks', { ...sound(), name: '   ' }, NO_NAME),
    bad('A form without a birth date', { name: newName(run) }, NO_BIRTH_DATE),
    bad('A birth date that is a word', { ...sound(), birth_date: run.random.marker() }, NO_DATE),
    bad('A birth date that no calendar has', { ...sound(), birth_date: '1987-02-30' }, NO_DATE),
    bad('A birth date in two days', { ...sound(), birth_date: day(2) }, FUTURE),
    bad(
      'A birth date in many years',
      { ...sound(), birth_date: `${run.random.integer(2200, 2900)}-05-17` },
      FUTURE,
    ),
  ];
}

const NO_NAME: Refusal = { status: 400, error: 'name-required', message: 'Name is required' };
const NO_BIRTH_DATE: Refusal = {
  status: 400,
  error: 'birth-date-required',
  message: 'Birth date is required',
};
const NO_DATE: Refusal = {
  status: 400,
  error: 'birth-date-invalid',
  message: 'Birth date must be a real date, such as 1980-12-31',
};
const FUTURE: Refusal = {
  status: 400,
  error: 'birth-date-in-future',
  message: 'Birth date is in the future',
};
