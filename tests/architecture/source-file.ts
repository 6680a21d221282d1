import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of the workshop. Paths are relative to its root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something at a line, from 1. */
export interface Spot {
  readonly line: number;
  readonly what: string;
}

export interface ParsedSource {
  /** What is imported, of every form: static, dynamic, re-exported, required, and of types alone. */
  readonly imports: readonly Spot[];
  /** `any`, `!` behind an expression, and comments that silence the compiler. */
  readonly evasions: readonly Spot[];
}

/** Every text file but those that are installed, built, kept from git, or hidden. */
export async function readSources(root: string): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || NOT_OURS.includes(path) || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) await walk(path);
      else if (TEXTS.includes(extname(path)))
        sources.push({ path, text: await readFile(join(root, path), 'utf8') });
    }
  };
  await walk('');
  return sources;
}

export function isCode(path: string): boolean {
  return CODE.includes(extname(path));
}

/** Throws when the file cannot be parsed: what cannot be read has not been looked at. */
export function parseSource({ path, text }: SourceFile): ParsedSource {
  const { program, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);
  const imports: Spot[] = [];
  const evasions: Spot[] = [];
  const lineAt = (offset: unknown): number => text.slice(0, Number(offset)).split('\n').length;

  visit(program, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== null) imports.push({ line: lineAt(node['start']), what: specifier });
    const evasion = EVASIONS[String(node['type'])];
    if (evasion !== undefined) evasions.push({ line: lineAt(node['start']), what: evasion });
  });
  for (const comment of comments) {
    const silenced = /@ts-(ignore|expect-error|nocheck)/.exec(comment.value);
    if (silenced !== null) evasions.push({ line: lineAt(comment.start), what: silenced[0] });
  }
  return { imports, evasions };
}

type Node = Readonly<Record<string, unknown>>;

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, enter);
  else if (typeof value === 'object' && value !== null) {
    const node: Node = { ...value };
    if (typeof node['type'] === 'string') enter(node);
    for (const child of Object.values(node)) visit(child, enter);
  }
}

function specifierOf(node: Node): string | null {
  if (IMPORTING.includes(String(node['type']))) return literal(node['source'] ?? node['expression']);
  const isRequire = node['type'] === 'CallExpression' && field(node['callee'], 'name') === 'require';
  return isRequire && Array.isArray(node['arguments']) ? literal(node['arguments'][0]) : null;
}

function literal(node: unknown): string | null {
  const value = field(node, 'value');
  return typeof value === 'string' ? value : null;
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null
    ? Object.entries(node).find(([key]) => key === name)?.[1]
    : undefined;
}

const NOT_OURS = ['coverage', 'app/dist', 'package-lock.json', 'app/package-lock.json', 'bench.json'];
const CODE = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs'];
const TEXTS = [...CODE, '.json', '.md', '.css', '.sql', '.patch', '.html', '.yml', '.yaml', '.svg'];
const IMPORTING = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
];
const EVASIONS: Readonly<Record<string, string>> = {
  TSAnyKeyword: '`any`',
  TSNonNullExpression: '`!` behind an expression',
};
