import type { Random } from '../../harness/random.ts';

/** What attacks are made of: the run's marker, and the table that must stay as it is. */
export interface Ammunition {
  readonly marker: string;
  readonly canary: string;
}

/** One way to leave the place where a value belongs. `input` holds the marker. */
export type Attack = (ammunition: Ammunition) => string;

/** The first is the plainest and is tried first, so that a finding shows it; the others come in any order. */
export function inOrder(attacks: readonly Attack[], random: Random): readonly Attack[] {
  return [...attacks.slice(0, 1), ...random.shuffle(attacks.slice(1))];
}

/** Against a place between quotes. */
export const againstText: readonly Attack[] = [
  ({ marker }) => `${marker}' OR 1=1 --`,
  ({ marker }) => `${marker}'`,
  ({ marker }) => `'${marker}`,
  ({ marker }) => `${marker}' OR '1'='1`,
  ({ marker }) => `${marker}%') OR (1=1) --`,
  ({ marker, canary }) => `${marker}'; UPDATE ${canary} SET note = '${marker}'; --`,
  // Seven columns, as the search and the export select them.
  ({ marker }) =>
    `${marker}' UNION SELECT id, password_hash, current_date, id, email, name, specialty FROM doctors --`,
  ({ marker, canary }) => `${marker}' AND 1 = CAST((SELECT note FROM ${canary}) AS integer) --`,
  // For what removes or forbids words, and for what looks for them between spaces, in capitals, or in one line.
  ({ marker }) => `${marker}'/**/oR/**/1=1/**/--`,
  ({ marker }) => `${marker}' OORR 1=1 -- UNUNIONION SELSELECTECT`,
  ({ marker }) => `${marker}'\nOR 1=1\n--`,
  // For what doubles or escapes quotes: a backslash before one, two in a row, one that a later step of the code makes.
  ({ marker }) => `${marker}\\' OR 1=1 --`,
  ({ marker }) => `${marker}'' OR 1=1 --`,
  ({ marker }) => `${marker}%27 OR 1=1 --`,
  ({ marker }) => `${marker}\uff07 OR 1=1 --`,
  ({ marker }) => `${marker}${'a'.repeat(300)}' OR 1=1 --`,
  // For what puts a safe text into a statement by replacing, formatting or quoting a second time.
  ({ marker }) => `${marker}$' OR 1=1 --$\``,
  ({ marker }) => `${marker} ' ? :name $1 \${name}`,
  ({ marker }) => `${marker}%s' OR 1=1 --`,
  ({ marker }) => `${marker}" OR ""="`,
  ({ marker }) => `${marker}*/ OR 1=1 --`,
];

/** Against a place between dollar quotes, whose tags were seen on the wire: what can be read can be written. */
export function againstTags(sql: string): readonly Attack[] {
  const tags = new Set([...sql.matchAll(/\$([A-Za-z_]\w*)?\$/g)].map(([tag]) => tag));
  return [...tags].map(
    (tag): Attack =>
      ({ marker }) =>
        `${marker}${tag} OR 1=1 --`,
  );
}

/** Against a place between quotes on a server that reads \' as a quote. */
export const againstBackslashes: readonly Attack[] = [
  ({ marker }) => `${marker}\\' OR 1=1 --`,
  ({ marker }) => `${marker}\\`,
  ({ marker }) => `${marker}\\\\' OR 1=1 --`,
  ({ marker }) => `${marker}\\''\\' OR 1=1 --`,
];

/** Against a place that takes the name of a column. The marker is near the beginning: a quoted name is cut at 63 bytes. */
export const againstSort: readonly Attack[] = [
  ({ marker }) => `(SELECT /*${marker}*/ password_hash FROM doctors LIMIT 1)`,
  ({ marker }) => `name, ${marker}`,
  ({ marker }) => `${marker}, name`,
  ({ marker, canary }) => `name; UPDATE ${canary} SET note = '${marker}'; --`,
  ({ marker }) => `birth_date DESC, (SELECT 1) /*${marker}*/`,
  ({ marker }) => `age\n, (SELECT 1) /*${marker}*/`,
  ({ marker }) => `(CASE WHEN '${marker}' < (SELECT max(email) FROM doctors) THEN name ELSE 'x' END)`,
  ({ marker }) => `name" /*${marker}*/, "id`,
  ({ marker }) => `name' || '${marker}`,
];

/** Against a place that takes a number. */
export const againstNumber: readonly Attack[] = [
  ({ marker }) => `1 OFFSET 1 /*${marker}*/`,
  ({ marker }) => `ALL /*${marker}*/`,
  ({ marker }) => `(SELECT 1) /*${marker}*/`,
  ({ marker }) => `1${marker}`,
  ({ marker }) => `1\n/*${marker}*/`,
  ({ marker }) => `1' OR '${marker}'='`,
  ({ marker, canary }) => `1; UPDATE ${canary} SET note = '${marker}'; --`,
];
