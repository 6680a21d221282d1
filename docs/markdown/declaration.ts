/**
 * The lines that declare a name: a function, type or constant of TypeScript, a table or view of SQL, a key of JSON or YAML,
 * with the comment that stands directly above it. So `app/` is quoted without marks in it. `null` when nothing declares it.
 *
 * Its end is told by the indent and not by brackets, as strings and patterns hold brackets too.
 */
export function declarationOf(
  lines: readonly string[],
  name: string,
  path: string,
): readonly string[] | null {
  const pattern = PATTERNS[/\.(\w+)$/.exec(path)?.[1] ?? '']?.(name);
  const at = pattern === undefined ? -1 : lines.findIndex((line) => pattern.test(line));
  return at === -1 ? null : lines.slice(firstOf(lines, at), lastOf(lines, at) + 1);
}

function firstOf(lines: readonly string[], at: number): number {
  let first = at;
  while (COMMENT.test(lines[first - 1] ?? '')) first -= 1;
  return first;
}

function lastOf(lines: readonly string[], at: number): number {
  const line = lines[at] ?? '';
  const indent = indentOf(line);
  if (/[;}]\s*$/.test(line)) return at;
  let last = at;
  for (let next = at + 1; next < lines.length; next += 1) {
    const text = lines[next] ?? '';
    if (text.trim() === '') continue;
    if (indentOf(text) > indent) last = next;
    else if (!/^\s*[)\]}]/.test(text)) return last;
    else if (/[([{]\s*$/.test(text)) last = next;
    else return next;
  }
  return last;
}

const indentOf = (line: string): number => line.search(/\S|$/);

const COMMENT = /^\s*(?:\/\/|--|\/\*|\*)/;

const code = (name: string) =>
  new RegExp(
    `^\\s*(?:export\\s+)?(?:default\\s+)?(?:async\\s+)?(?:function\\*?|const|let|class|interface|type|enum)\\s+${name}\\b`,
  );
const key = (name: string) => new RegExp(`^\\s*"?${name}"?\\s*:`);
const table = (name: string) =>
  new RegExp(`^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:\\w+\\s+)?(?:TABLE|VIEW|FUNCTION|TYPE)\\s+${name}\\b`, 'i');

const PATTERNS: Readonly<Record<string, (name: string) => RegExp>> = {
  ts: code,
  js: code,
  sql: table,
  json: key,
  yml: key,
  yaml: key,
};
