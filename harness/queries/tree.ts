/** What a parse tree says about where a statement reads and what it compares with. */
export interface TreeFacts {
  /** The grammar's name: `SelectStmt`. */
  readonly kind: string;
  /** Tables and views by their names, those of WITH left out. */
  readonly relations: readonly string[];
  /** The schemas that are named with relations. */
  readonly schemas: readonly string[];
  readonly functions: readonly string[];
  /** The constants in their order. */
  readonly constants: readonly unknown[];
}

export function readTree(stmt: unknown): TreeFacts {
  const facts = { relations: [], schemas: [], functions: [], constants: [], within: [] } satisfies Collected;
  collect(stmt, facts);
  const within = new Set<string>(facts.within);
  return {
    kind: isRecord(stmt) ? (Object.keys(stmt)[0] ?? '') : '',
    relations: facts.relations.filter((name) => !within.has(name)),
    schemas: facts.schemas,
    functions: facts.functions,
    constants: facts.constants,
  };
}

interface Collected {
  relations: string[];
  schemas: string[];
  functions: string[];
  constants: unknown[];
  /** Names that WITH gives. */
  within: string[];
}

function collect(node: unknown, facts: Collected): void {
  if (Array.isArray(node)) return node.forEach((item) => collect(item, facts));
  if (!isRecord(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'A_Const') {
      facts.constants.push(withoutPlaces(value));
      continue;
    }
    if (key === 'FuncCall' && isRecord(value)) {
      const name = lastName(value['funcname']);
      if (name !== null) facts.functions.push(name);
    }
    if (key === 'CommonTableExpr' && isRecord(value)) facts.within.push(String(value['ctename']));
    // INSERT, UPDATE and DELETE hold their table without its kind.
    if ((key === 'RangeVar' || key === 'relation') && isRecord(value) && 'relname' in value) {
      facts.relations.push(String(value['relname']));
      if (typeof value['schemaname'] === 'string') facts.schemas.push(value['schemaname']);
    }
    collect(value, facts);
  }
}

function withoutPlaces(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'location'));
}

function lastName(names: unknown): string | null {
  const last: unknown = Array.isArray(names) ? names.at(-1) : null;
  const string = isRecord(last) ? last['String'] : null;
  return isRecord(string) ? String(string['sval']) : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
