import { escapeHtml } from '../components/html.ts';

export interface Piece {
  readonly text: string;
  /** Role of the highlighter's theme, which becomes a class; `null` for plain text. */
  readonly role: string | null;
}

export type LineKind = 'plain' | 'added' | 'removed' | 'highlighted';

export interface CodeLine {
  readonly pieces: readonly Piece[];
  readonly kind: LineKind;
  /** Typed at a `$ ` prompt, which is shown and can't be selected or copied. */
  readonly prompted: boolean;
}

/** Added and removed lines are `ins` and `del`: a reader hears it, and the copy button leaves `del` out. */
export function renderLine({ pieces, kind, prompted }: CodeLine): string {
  const name = TAGS[kind];
  const classes = ['line', ...(kind === 'plain' ? [] : [kind]), ...(prompted ? ['prompted'] : [])].join(' ');
  return `<${name} class="${classes}">${pieces.map(renderPiece).join('')}\n</${name}>`;
}

/** Takes `[!code ++]` and the comment around it out of a line, and says what it meant. */
export function parseMarker(line: string): { readonly text: string; readonly kind: LineKind } {
  const match = MARKER.exec(line);
  if (match === null) return { text: line, kind: 'plain' };
  return { text: line.slice(0, match.index).trimEnd(), kind: MARKERS[match[1] ?? ''] ?? 'plain' };
}

function renderPiece({ text, role }: Piece): string {
  return role === null ? escapeHtml(text) : `<span class="code-${role}">${escapeHtml(text)}</span>`;
}

const TAGS: Readonly<Record<LineKind, string>> = {
  plain: 'span',
  added: 'ins',
  removed: 'del',
  highlighted: 'span',
};

/** In whatever comment the language has: two slashes, `#`, two dashes, or a bracketed one. */
const MARKER = /\s*(?:\/\/|#|--|\/\*|<!--)\s*\[!code (\+\+|--|highlight)\]\s*(?:\*\/|-->)?\s*$/;

const MARKERS: Readonly<Record<string, LineKind>> = {
  '++': 'added',
  '--': 'removed',
  highlight: 'highlighted',
};
