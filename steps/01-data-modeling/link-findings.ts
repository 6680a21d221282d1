import type { Reported } from '../../harness/run.ts';
import { inWords } from '../../harness/schema/routes.ts';
import type { Copy } from './copies.ts';
import type { Followed, Link, Strayed } from './links.ts';
import { inWords as meant } from './truth.ts';

export function noKey(link: Link, instead: readonly string[]): Reported {
  const { topic, subject, thing } = link;
  return {
    ruleId: `${topic}/no-key`,
    message: `No foreign key ties a ${subject} to ${A[thing]}.`,
    tried: `Follow the foreign keys from ${link.from.name}, in both directions and over link tables, for every ${subject} whose ${thing} the legacy records name.`,
    expected: `Keys that lead each ${subject} to ${THE[thing]}. Any table and column names do, and any type of key.`,
    observed: instead.length === 0 ? `${link.from.name} is tied to no ${thing}.` : `${instead.join('; ')}.`,
    why: WHY[topic],
  };
}

/** Those that lead nowhere are lost, those that lead elsewhere are mixed up: the second is worse and comes first. */
export function strayed(link: Link, { explained, strayed: all }: Followed): readonly Reported[] {
  const [elsewhere, nowhere] = [
    all.filter(({ labels }) => labels.length > 0),
    all.filter(({ labels }) => labels.length === 0),
  ];
  const way = inWords(link.from, explained.route);
  const finding = (rule: string, ends: readonly Strayed[], message: string): Reported => ({
    ruleId: `${link.topic}/${rule}`,
    message,
    tried: `Follow ${way} for every ${link.subject}, and compare with what the legacy record said when case and spacing are no difference.`,
    expected: listing(ends, (end) => `${end.label} (said ${end.said}): ${meant(end.truth)}`),
    observed: listing(
      ends,
      (end) => `${end.label}: ${end.labels.length === 0 ? 'nothing' : end.labels.join(' and ')}`,
    ),
    why: WHY_STRAYED[link.topic],
    evidence: [
      {
        kind: 'comparison',
        expected: ends.map((end) => `${end.label}: ${meant(end.truth)}`).join('\n'),
        observed: ends.map((end) => `${end.label}: ${end.labels.join(' and ') || 'nothing'}`).join('\n'),
      },
    ],
  });
  const { subject, thing } = link;
  return [
    ...(elsewhere.length === 0
      ? []
      : [
          finding(
            'wrong',
            elsewhere,
            `${count(elsewhere, subject)} ${verb(elsewhere)} to the wrong ${thing}.`,
          ),
        ]),
    ...(nowhere.length === 0
      ? []
      : [
          finding(
            'unlinked',
            nowhere,
            `${count(nowhere, subject)} lost the ${thing} that the legacy record named.`,
          ),
        ]),
  ];
}

export function twice(link: Link, table: string, spellings: readonly (readonly string[])[]): Reported {
  return {
    ruleId: `${link.topic}/twice`,
    message: `${table} holds the same ${link.thing} more than once.`,
    tried: `Compare the names in ${table} without regard to case and spacing.`,
    expected: `One row for each ${link.thing}.`,
    observed: spellings.map((names) => names.map((name) => `"${name}"`).join(' and ')).join('; '),
    why: 'A row for each spelling keeps the disorder and gives it a key: half of the patients stay out of every list.',
  };
}

export function secondList(link: Link, target: string, own: string): Reported {
  return {
    ruleId: `${link.topic}/second-list`,
    message: `The keys lead to ${target}, which repeats ${own}.`,
    tried: `Look which table the keys lead to, and whether it is ${own} or tied to it by a key.`,
    expected: `One table that says which there are. When yours takes the place of ${own}, make ${own} a view of it.`,
    observed: `${own} and ${target} are two tables with the same names in them, and no key between them.`,
    why: 'Two lists of the same things differ from the day on which somebody forgets one of them.',
  };
}

export function keyNotChecked(link: Link, keys: readonly string[]): Reported {
  return {
    ruleId: `${link.topic}/key-not-checked`,
    message: `The foreign key from a ${link.subject} to its ${link.thing} is not enforced.`,
    tried:
      'Read from the catalogue whether the key is validated, enforced, and its triggers are switched on.',
    expected: 'A key that holds for the rows that are there and for those to come.',
    observed: keys.join('; '),
    why: 'NOT VALID is a promise to validate later: ALTER TABLE … VALIDATE CONSTRAINT keeps it.',
  };
}

export function namesLost(
  link: Link,
  lost: readonly { readonly label: string; readonly raw: string }[],
): Reported {
  return {
    ruleId: `${link.topic}/name-lost`,
    message: `A name that matches no ${link.thing} has disappeared, or nobody can tell whose it was.`,
    tried: 'Look in all tables for the names that match nothing, and for what ties each to its record.',
    expected: listing(lost, ({ label, raw }) => `${label}: "${raw}" kept, in a place of your choice`),
    observed: 'Not found.',
    why: 'You can not know today who that was; somebody with the paper file can, as long as the name is there.',
  };
}

export function copyLeft(topic: string, thing: string, copies: readonly Copy[]): Reported {
  return {
    ruleId: `${topic}/copy-left`,
    message: `${copies.map(({ table, column }) => `${table.name}.${column}`).join(' and ')} still ${copies.length === 1 ? 'holds' : 'hold'} the name of the ${thing}.`,
    tried: `Look in the columns beside the key for what the legacy text said.`,
    expected: `The name stands in one place, with the ${thing}. A column that keeps only the names that match nothing is fine.`,
    observed: copies.map(({ table, column, rows }) => `${table.name}.${column}: in ${rows} rows`).join('; '),
    why: 'Two places for one fact will disagree one day, and some page reads the other one.',
  };
}

function listing<T>(all: readonly T[], words: (one: T) => string): string {
  const shown = all.slice(0, SHOWN).map(words).join('; ');
  return all.length > SHOWN ? `${shown}; and ${all.length - SHOWN} more` : shown;
}

const count = (all: readonly unknown[], noun: string) =>
  `${all.length} ${noun}${all.length === 1 ? '' : 's'}`;
const verb = (all: readonly unknown[]) => (all.length === 1 ? 'leads' : 'lead');
const SHOWN = 5;
const A = { facility: 'a facility', doctor: 'a doctor', patient: 'a patient', author: 'its author' } as const;
const THE = { ...A, facility: 'the facility', doctor: 'the doctor', patient: 'the patient' } as const;
const WHY = {
  facility:
    'A facility is renamed, and all its patients are gone: a name in a text is not tied to the thing that has the name.',
  doctor: 'A doctor who marries takes the name along and leaves the patients behind.',
  notes:
    "Two people have one name. Whoever opens the chart of one reads the other's notes, and treats what is not there.",
  author: 'Who wrote it is the first thing that is asked about a note when something went wrong.',
} as const;
const WHY_STRAYED = {
  facility: 'The same name in other case or spacing is the same facility, and a guess about another is not.',
  doctor: 'The same name in other case or spacing is the same doctor, and a guess about another is not.',
  notes: 'A note in the wrong chart is worse than a note that is lost: somebody will act on it.',
  author: 'The same name in other case or spacing is the same doctor, and a guess about another is not.',
} as const;
