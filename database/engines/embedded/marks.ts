/** What statements leave behind in their session, as far as their text tells. */
export interface Marks {
  readonly listens: readonly string[];
  readonly unlistens: readonly string[] | 'all';
  readonly setsInFunction: boolean;
  /** Settings with a dot, which no list of PostgreSQL shows. */
  readonly custom: readonly string[];
  readonly makesTemporary: boolean;
  /** Advisory locks that outlive their transaction. */
  readonly locks: boolean;
}

export function marksOf(sql: string): Marks {
  if (!WORTH_A_LOOK.test(sql)) return NOTHING;
  const names = (pattern: RegExp) => [...sql.matchAll(pattern)].map((match) => plainName(match[1] ?? ''));
  return {
    listens: names(/(?<!un)\blisten\s+("(?:[^"]|"")+"|[\w$]+)/gi),
    unlistens: /\bunlisten\s+\*/i.test(sql) ? 'all' : names(/\bunlisten\s+("(?:[^"]|"")+"|[\w$]+)/gi),
    setsInFunction: /\bset_config\b/i.test(sql),
    custom: [
      ...names(/\bset\s+(?:session\s+|local\s+)?([a-z_]\w*\.\w+)/gi),
      ...names(/\bset_config\s*\(\s*'([\w.]+\.[\w.]+)'/gi),
    ],
    makesTemporary: /\btemp(orary)?\b/i.test(sql),
    locks: /\bpg_(try_)?advisory_lock/i.test(sql),
  };
}

function plainName(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

const WORTH_A_LOOK = /\blisten\b|\bunlisten\b|\bset\b|\bset_config\b|\btemp|advisory/i;
const NOTHING: Marks = {
  listens: [],
  unlistens: [],
  setsInFunction: false,
  custom: [],
  makesTemporary: false,
  locks: false,
};
