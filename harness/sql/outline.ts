/** A parse tree for people: one node a line, two spaces deeper for each level, in the words of SQL where it has some. */
export function outline(node: unknown): string {
  return lines(node, 0).join('\n');
}

function lines(node: unknown, depth: number): string[] {
  if (Array.isArray(node)) return node.flatMap((item) => lines(item, depth));
  if (!isRecord(node)) return [];
  const [entry, ...others] = Object.entries(node);
  if (entry !== undefined && others.length === 0 && /^[A-Z]/.test(entry[0]))
    return nodeLines(entry[0], entry[1], depth);
  return Object.entries(node).flatMap(([key, value]) => fieldLines(key, value, depth));
}

function nodeLines(kind: string, content: unknown, depth: number): string[] {
  const fields = isRecord(content) ? content : {};
  const leaf = LEAVES[kind]?.(fields);
  if (leaf !== undefined) return [indent(depth) + leaf];
  const title = TITLES[kind] === undefined ? inWords(kind) : TITLES[kind](fields);
  if (title === null) return lines(Object.values(fields), depth);
  const inner = Object.entries(fields).flatMap(([key, value]) =>
    key === 'name' ? [] : fieldLines(key, value, depth + 1),
  );
  return [indent(depth) + title, ...inner];
}

function fieldLines(key: string, value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null) return [];
  // The target of an UPDATE, INSERT or DELETE stands there without its kind.
  if (key === 'relation') return nodeLines('RangeVar', value, depth);
  const title = FIELDS[key];
  if (title === undefined) return lines(value, depth);
  const inner = lines(value, depth + 1);
  return inner.length === 0 ? [] : [indent(depth) + title, ...inner];
}

function names(list: unknown): string {
  if (!Array.isArray(list)) return '';
  return list
    .map((part: unknown) =>
      isRecord(part) && isRecord(part['String']) ? String(part['String']['sval']) : '*',
    )
    .join('.');
}

function constant(fields: Fields): string {
  const { sval, ival, fval, boolval, isnull } = fields;
  if (isRecord(sval)) return `text '${String(sval['sval'] ?? '').replaceAll("'", "''")}'`;
  if (isRecord(ival)) return `number ${String(ival['ival'] ?? 0)}`;
  if (isRecord(fval)) return `number ${String(fval['fval'])}`;
  if (isRecord(boolval)) return boolval['boolval'] === true ? 'true' : 'false';
  return isnull === true ? 'NULL' : 'constant';
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const indent = (depth: number) => '  '.repeat(depth);
const inWords = (kind: string) => kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
const word = (value: unknown, prefix: RegExp) =>
  String(value).replace(prefix, '').replaceAll('_', ' ').trim();

const LEAVES: Readonly<Record<string, (fields: Fields) => string | undefined>> = {
  A_Const: constant,
  ColumnRef: ({ fields }) => `column ${names(fields)}`,
  ParamRef: ({ number }) => `parameter $${String(number)}`,
  RangeVar: ({ relname, alias }) =>
    `table ${String(relname)}${isRecord(alias) ? ` as ${String(alias['aliasname'])}` : ''}`,
  String: ({ sval }) => `name ${String(sval)}`,
  TypeName: ({ names: type }) => `type ${names(type)}`,
};

/** `null`: nothing to say of the node itself. */
const TITLES: Readonly<Record<string, (fields: Fields) => string | null>> = {
  SelectStmt: ({ op }) => (op === 'SETOP_NONE' || op === undefined ? 'SELECT' : word(op, /^SETOP_/)),
  UpdateStmt: () => 'UPDATE',
  InsertStmt: () => 'INSERT',
  DeleteStmt: () => 'DELETE',
  DropStmt: () => 'DROP',
  BoolExpr: ({ boolop }) => word(boolop, /_EXPR$/),
  A_Expr: ({ kind, name }) =>
    /LIKE|IN|BETWEEN/.test(String(kind)) ? word(kind, /^AEXPR_/) : `operator ${names(name)}`,
  FuncCall: ({ funcname }) => `function ${names(funcname)}`,
  ResTarget: ({ name }) => (name === undefined ? null : `as ${String(name)}`),
  SubLink: () => 'subquery',
  SortBy: ({ sortby_dir }) => (sortby_dir === 'SORTBY_DESC' ? 'descending' : null),
  JoinExpr: () => 'JOIN',
};

const FIELDS: Readonly<Record<string, string>> = {
  targetList: 'values',
  fromClause: 'from',
  whereClause: 'where',
  groupClause: 'group by',
  havingClause: 'having',
  sortClause: 'order by',
  limitCount: 'limit',
  limitOffset: 'offset',
  larg: 'left',
  rarg: 'right',
};
