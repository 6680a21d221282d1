import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { outline } from '../evidence/outline.ts';
import { html } from '../html.ts';
import { mostOf } from './axis.ts';
import { layoutGraph } from './graph-layout.ts';
import { listed } from './listed.ts';
import { type Picture, WIDTH } from './picture.ts';
import { smooth } from './relation-line.ts';
import { group, label, path, rect } from './svg.ts';
import { fitted, textWidth } from './text-width.ts';

type Outline = Extract<Evidence, { kind: 'outline' }>;
type Part = Outline['functions'][number];

/** Which function calls which: a square for each, as large as it has lines, marked when it is too complex. */
export async function callMap(own: readonly Outline[], both: readonly Outline[]): Promise<Picture> {
  const all = uniqueParts(own.flatMap(({ functions }) => functions));
  const parts = all.slice(0, MOST_PARTS);
  const left = all.length - parts.length;
  const limit = own[0]?.limits?.complexity ?? Infinity;
  const longest = mostOf(both.flatMap(({ functions }) => functions.map(linesOf)));
  const sideOf = (part: Part) => Math.max(5, Math.sqrt(linesOf(part) / Math.max(longest, 1)) * LARGEST);
  const ids = new Set(parts.map(({ name }) => name));
  const calls = parts.flatMap(({ name, calls: to }) =>
    [...new Set(to)]
      .filter((other) => ids.has(other) && other !== name)
      .map((other) => ({ from: name, to: other })),
  );
  const sizeOf = (part: Part) => ({
    width:
      Math.max(
        sideOf(part),
        textWidth(fitted(part.name, LONGEST_NAME, 'code'), 'code'),
        textWidth(facts(part), 'prose'),
      ) + 6,
    height: sideOf(part) + LABELS,
  });
  const layout = await layoutGraph(
    parts.map((part) => ({ id: part.name, ...sizeOf(part) })),
    calls,
    WIDTH,
  );
  const node = (part: Part) => {
    const { x, y } = layout.places.get(part.name) ?? { x: 0, y: 0 };
    const [side, middle] = [sideOf(part), x + sizeOf(part).width / 2];
    const isOver = part.complexity > limit;
    return group(
      'function',
      html`${rect({ x: middle - side / 2, y, width: side, height: side }, isOver ? 'x-fail-box' : 'x-part', {
        round: 3,
        tip: `${part.name}, ${part.file}:${part.line}, ${facts(part)}`,
      })}
      ${label(middle, y + side + 16, part.name, { font: 'code', role: 'x-strong x-on-line', anchor: 'middle', width: LONGEST_NAME })}
      ${label(middle, y + side + 31, facts(part), { role: isOver ? 'x-fail x-on-line' : 'x-muted x-on-line', anchor: 'middle' })}`,
    );
  };
  const height = layout.height + (left > 0 ? 22 : 0);
  const over = all.filter(({ complexity }) => complexity > limit);
  return {
    width: Math.max(layout.width, 200) + 4,
    height: height + 4,
    body: html`<g transform="translate(2 2)">
      ${layout.ways.map(({ points }) => html`${path(smooth(points), 'x-line')}${path(arrow(points), 'x-arrow')}`)}
      ${parts.map(node)}
      ${left > 0 && label(0, height - 4, `and ${count(left, 'more function')}`, { role: 'x-muted' })}
    </g>`,
    title: 'Functions, and which calls which',
    figure: `${count(all.length, 'function')}, longest ${count(mostOf(all.map(linesOf)), 'line')}`,
    says: `${count(all.length, 'function')}, ${count(calls.length, 'call')} from one to another; the larger the square, the more lines. ${
      over.length === 0
        ? 'None is over the limit of complexity.'
        : `Over the limit of complexity, which is ${limit}: ${listed(over.map(({ name, complexity }) => `${name} with ${complexity}`))}.`
    }`,
    table: html`${own.map((one) => outline(one, Infinity))}`,
  };
}

/** A second function of a name can't be told apart in a call. */
function uniqueParts(parts: readonly Part[]): Part[] {
  return [...new Map(parts.toReversed().map((part) => [part.name, part])).values()].reverse();
}

function arrow(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [from, to] = points.slice(-2);
  if (from === undefined || to === undefined) return '';
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const corner = (turn: number) =>
    `L${Math.round((to.x - 8 * Math.cos(angle + turn)) * 10) / 10} ${Math.round((to.y - 8 * Math.sin(angle + turn)) * 10) / 10}`;
  return `M${to.x} ${to.y}${corner(0.45)}${corner(-0.45)}Z`;
}

const linesOf = ({ line, endLine }: Part) => Math.max(1, endLine - line + 1);
const facts = (part: Part) => `${count(linesOf(part), 'line')}, complexity ${part.complexity}`;

const MOST_PARTS = 60;
/** Side of the largest square, and room for a name and its figures below. */
const LARGEST = 200;
const LABELS = 36;
const LONGEST_NAME = 200;
