import { loadModule, parseSync } from 'libpg-query';
import { withEscapeStrings } from './escape-strings.ts';
import { outline } from './outline.ts';

/** What PostgreSQL's own grammar makes of a statement, its constants aside. */
export type Shape =
  | {
      readonly kind: 'tree';
      /** Equal for statements of the same tree. */
      readonly key: string;
      /** One node a line, indented by two spaces, constants in full. */
      outline(): string;
    }
  | { readonly kind: 'unparsable'; readonly message: string };

/** How a session reads a backslash in '…': as itself (`on`, the default) or as an escape (`off`). */
export type ConformingStrings = 'on' | 'off';

/** The grammar is a WASM module; resolves when `shapeOf` may be called. */
export const loadGrammar: () => Promise<void> = loadModule;

/**
 * The shape of a statement's text; several statements in one text are one shape. Names that contain `marker`, in any
 * case of letters, count as equal: a quoted name is as safe a place for input as a quoted constant.
 */
export function shapeOf(sql: string, marker: string, conforming: ConformingStrings = 'on'): Shape {
  const text = conforming === 'on' ? sql : withEscapeStrings(sql);
  if (text.trim() === '') return { kind: 'tree', key: '[]', outline: () => '' };
  try {
    const { stmts = [] } = parseSync(text);
    return {
      kind: 'tree',
      key: JSON.stringify(masked(stmts, marker.toLowerCase())),
      outline: () => outline(stmts),
    };
  } catch (error) {
    return { kind: 'unparsable', message: error instanceof Error ? error.message : String(error) };
  }
}

function masked(node: unknown, marker: string): unknown {
  if (Array.isArray(node)) return node.map((item) => masked(item, marker));
  if (typeof node === 'string') return node.toLowerCase().includes(marker) ? MASK : node;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => {
      if (PLACES.test(key)) return [];
      return [
        [
          key,
          key === 'A_Const'
            ? Object.keys(Object(value)).filter((k) => !PLACES.test(k))
            : masked(value, marker),
        ],
      ];
    }),
  );
}

/** Where in the text a node stands, which differs between inputs of different length. */
const PLACES = /location$|^stmt_len$|_list_(start|end)$/;
const MASK = '§';
