import type { MarkdownIt } from 'markdown-it';
import type { StateBlock } from 'markdown-it';
import { html } from '../components/html.ts';
import { icon, type IconName } from '../components/icon.ts';
import { WorkshopError } from '../../model/workshop-error.ts';

/** `::: tip Title` up to `:::`, as in VitePress; more colons outside let containers nest. */
export function containers(parser: MarkdownIt): void {
  parser.block.ruler.before('fence', 'container', container, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  parser.renderer.rules['container_open'] = (tokens, index) => opening(tokens[index]?.info ?? '');
  parser.renderer.rules['container_close'] = (tokens, index) =>
    tokens[index]?.info === 'details' ? '</div></details>\n' : '</div></div>\n';
}

function container(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const opened = OPENING.exec(lineOf(state, line));
  if (opened === null) return false;
  const [, colons = '', kind = '', title = ''] = opened;
  if (kind === 'code-group') return false;
  if (!Object.hasOwn(KINDS, kind)) throw unknown(kind, line);
  if (silent) return true;

  const last = closingLine(state, line, end, colons.length);
  if (last === -1) throw endless(kind, line);
  const before = { parent: state.parentType, max: state.lineMax };
  state.parentType = 'blockquote';
  state.lineMax = last;
  state.push('container_open', 'div', 1).info = `${kind} ${title}`.trim();
  state.md.block.tokenize(state, line + 1, last);
  state.push('container_close', 'div', -1).info = kind;
  state.parentType = before.parent;
  state.lineMax = before.max;
  state.line = last + 1;
  return true;
}

/** The first line of at least as many colons and nothing else, outside a fence; -1 when there is none. */
export function closingLine(state: StateBlock, line: number, end: number, colons: number): number {
  let fence = '';
  for (let at = line + 1; at < end; at += 1) {
    const text = lineOf(state, at);
    const mark = /^(`{3,}|~{3,})/.exec(text)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (fence !== '' && text.startsWith(fence)) fence = '';
    else if (fence === '' && /^:{3,}\s*$/.test(text) && text.trim().length === colons) return at;
  }
  return -1;
}

export function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function opening(info: string): string {
  const [kind = '', ...words] = info.split(' ');
  const known = KINDS[kind] ?? { word: kind, icon: 'warning' };
  const title = words.join(' ') || known.word;
  // Untagged on purpose: what stays open here is closed by `container_close`, and a formatter would close it at once.
  if (kind === 'details') {
    return `<details class="notice" data-kind="details">${html`<summary>${title}</summary>`}<div>\n`;
  }
  const head = html`<p class="notice-title">${icon(known.icon)}${title}</p>`;
  return `<div class="notice" data-kind="${kind}">${head}<div>\n`;
}

function unknown(kind: string, line: number): WorkshopError {
  return new WorkshopError(
    'CONTAINER_UNKNOWN',
    `Line ${line + 1} of a guide opens a container "${kind}", which is unknown.`,
    {
      remedy: `Use one of ${[...Object.keys(KINDS), 'code-group'].join(', ')}.`,
    },
  );
}

export function endless(kind: string, line: number): WorkshopError {
  return new WorkshopError(
    'CONTAINER_ENDLESS',
    `The "${kind}" that line ${line + 1} of a guide opens is never closed.`,
    {
      remedy: 'Close it with as many colons as open it, on a line of their own.',
    },
  );
}

const OPENING = /^(:{3,})\s*([\w-]+)\s*(.*?)\s*$/;

const KINDS: Readonly<Record<string, { readonly word: string; readonly icon: IconName }>> = {
  tip: { word: 'Tip', icon: 'passed' },
  info: { word: 'Good to know', icon: 'opened' },
  warning: { word: 'Careful', icon: 'warning' },
  danger: { word: 'Danger', icon: 'warning' },
  details: { word: 'More', icon: 'next' },
};
