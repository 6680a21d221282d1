import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import { WorkshopError } from '../../model/workshop-error.ts';
import { regionOf, withoutRegions } from './region.ts';

/** `<<< app/src/x.ts#region {1,3} [title]` on a line of its own quotes a file as it is now, so a guide can't drift from it. */
export function includes(parser: MarkdownIt): void {
  parser.block.ruler.before('fence', 'include', (state, line, _end, silent) => {
    const begin = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    const match = INCLUDE.exec(state.src.slice(begin, state.eMarks[line]));
    if (match === null) return false;
    if (silent) return true;
    const [, path = '', region = '', rest = ''] = match;
    const token = state.push('fence', 'code', 0);
    token.meta = { include: { path, region } };
    token.info = `${languageFor(path)} ${rest.trim()}${rest.includes('[') ? '' : ` [${path}]`}`;
    token.map = [line, line + 1];
    state.line = line + 1;
    return true;
  });
}

export function isInclude(token: Token): boolean {
  return includeOf(token) !== undefined;
}

/** The same token with the file's text. Throws a `WorkshopError` when the path leaves the workshop or the region is gone. */
export async function resolveInclude(
  token: Token,
  readSource: (path: string) => Promise<string>,
): Promise<Token> {
  const { path, region } = includeOf(token) ?? { path: '', region: '' };
  if (!PATH.test(path) || path.split('/').includes('..')) throw outside(path);
  const source = await readSource(path);
  const content = region === '' ? withoutRegions(source) : regionOf(source, region, path);
  return Object.assign(Object.create(Object.getPrototypeOf(token) as object), token, { content }) as Token;
}

function includeOf(token: Token): { readonly path: string; readonly region: string } | undefined {
  const meta = token.meta as { include?: { path: string; region: string } } | null;
  return meta?.include;
}

function languageFor(path: string): string {
  if (/(^|\/)Dockerfile$/.test(path)) return 'docker';
  return /\.(\w+)$/.exec(path)?.[1] ?? 'text';
}

function outside(path: string): WorkshopError {
  return new WorkshopError(
    'INCLUDE_OUTSIDE',
    `A guide quotes "${path}", which is no path inside the workshop.`,
    {
      remedy: 'Write a path from the workshop’s root, such as app/src/models.ts, without "..".',
    },
  );
}

const INCLUDE = /^<<<\s+([^\s#{[]+)(?:#([\w-]+))?((?:\s+(?:\{[^}]*\}|\[[^\]]*\]))*)\s*$/;
const PATH = /^[\w@.-]+(\/[\w@.-]+)*$/;
