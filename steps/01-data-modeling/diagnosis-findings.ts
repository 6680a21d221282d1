import type { Reported } from '../../harness/run.ts';
import type { Migrated } from './migrated.ts';
import type { PatientTruth } from './truth.ts';

interface Strayed {
  readonly patient: PatientTruth;
  readonly labels: readonly string[];
}

export function noTable({ patients, truth }: Migrated, lists: readonly string[]): Reported {
  return {
    ruleId: lists.length === 0 ? 'diagnoses/no-key' : 'diagnoses/list-left',
    message:
      lists.length === 0
        ? 'No foreign key ties a patient to their diagnoses.'
        : `${patients.table.name}.${lists.join(', ')} holds a whole list of diagnoses in one value.`,
    tried: `Look for a table with one diagnosis in a row (${truth.diagnoses.join(', ')}), and for keys that lead there from ${patients.table.name}.`,
    expected: 'A row for each diagnosis of each patient, tied to the patient by a foreign key.',
    observed:
      lists.length === 0
        ? 'There is none, or its keys lead most patients to other diagnoses than theirs.'
        : `${patients.table.name}.${lists.join(', ')}.`,
    why: WHY_LIST,
  };
}

export function listLeft({ patients }: Migrated, lists: readonly string[]): Reported {
  return {
    ruleId: 'diagnoses/list-left',
    message: `${lists.map((name) => `${patients.table.name}.${name}`).join(' and ')} still holds the list that rows stand for now.`,
    tried: 'Look in the columns of each patient for their diagnoses.',
    expected: 'Each diagnosis of a patient stands in one place. An array and JSON are lists as well.',
    observed: `In most patients ${lists.join(' and ')} names all of their diagnoses.`,
    why: WHY_LIST,
  };
}

export function wrong(title: string, strayed: readonly Strayed[]): Reported {
  const listing = (words: (one: Strayed) => string) => strayed.slice(0, 5).map(words).join('; ');
  return {
    ruleId: 'diagnoses/wrong',
    message: `${strayed.length} patient${strayed.length === 1 ? ' has' : 's have'} other diagnoses than the legacy record says.`,
    tried: `Follow the keys from each patient to ${title}, and compare with the elements of the old list when case and spacing are no difference and empty elements are none.`,
    expected: listing(({ patient }) => `${patient.name}: ${patient.diagnoses.join(', ') || 'none'}`),
    observed: listing(({ patient, labels }) => `${patient.name}: ${labels.join(', ') || 'none'}`),
    why: 'The comma at the end, the blank after it, the same word twice: real lists have all of these, and each must come to the right rows.',
  };
}

export function twice(title: string, doubled: readonly Strayed[]): Reported {
  return {
    ruleId: 'diagnoses/twice',
    message: `${doubled.length} patient${doubled.length === 1 ? ' has' : 's have'} the same diagnosis twice.`,
    tried: `Follow the keys from each patient to ${title}.`,
    expected: 'Each diagnosis once for each patient.',
    observed: doubled.map(({ patient, labels }) => `${patient.name}: ${labels.join(', ')}`).join('; '),
    why: 'Whoever counts patients with asthma counts this one twice.',
  };
}

export function twoSpellings(title: string, several: readonly string[]): Reported {
  const isEmpty = several.every((name) => name.trim() === '');
  return {
    ruleId: 'diagnoses/two-spellings',
    message: isEmpty
      ? `${title} holds a diagnosis without a name.`
      : `${title} holds the same diagnosis in two spellings.`,
    tried: `Compare the names in ${title} without regard to case and spacing.`,
    expected: 'One spelling for each diagnosis, and none that is empty.',
    observed: several.map((name) => `"${name}"`).join(', '),
    why: '"Asthma" and "asthma" are counted apart, filtered apart and treated apart.',
  };
}

export function keyNotChecked(key: string, table: string): Reported {
  return {
    ruleId: 'diagnoses/key-not-checked',
    message: `The foreign key ${key} of ${table} is not enforced.`,
    tried:
      'Read from the catalogue whether the key is validated, enforced, and its triggers are switched on.',
    expected: 'A key that holds for the rows that are there and for those to come.',
    observed: `${key} on ${table} is not.`,
    why: 'A key that nobody holds to is a comment: the next wrong word goes in.',
  };
}

export function anythingGoes(title: string, nonsense: string): Reported {
  return {
    ruleId: 'diagnoses/anything-goes',
    message: 'A patient can have a diagnosis that there is not.',
    tried: `Write "${nonsense}" into a row of ${title}, in a transaction that was taken back, with triggers asleep.`,
    expected: 'Refused by a foreign key, an enum, a CHECK or a domain.',
    observed: 'Accepted.',
    why: 'A typing error becomes a diagnosis that no filter and no warning knows. A trigger is no key: it does not see what was there before it, and it is switched off with one word.',
  };
}

const WHY_LIST =
  'Nobody can ask "who has asthma" of a text with commas, no key can check its words, and every reader has to clean it anew.';
