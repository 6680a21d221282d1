import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { outline } from '../evidence/outline.ts';
import { type Html, html } from '../html.ts';
import { mostOf, wholeTicksTo } from './axis.ts';
import { listed } from './listed.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, label, path, rect, round } from './svg.ts';
import { textWidth } from './text-width.ts';

type Outline = Extract<Evidence, { kind: 'outline' }>;
type Part = Outline['functions'][number];

/** Each function as a mountain: its lines from left to right, as high as each is nested. */
export function nestingMountain(own: readonly Outline[], both: readonly Outline[]): Picture {
  const all = own.flatMap(({ functions }) => functions);
  const drawn = all.slice(0, MOST_FUNCTIONS);
  const left = all.length - drawn.length;
  const limit = own[0]?.limits?.depth ?? Infinity;
  const every = both.flatMap(({ functions }) => functions);
  const deepest = Math.max(limit === Infinity ? 1 : limit, mostOf(every.map(heightOf)));
  const line = Math.min(
    9,
    (WIDTH - AXIS - 20) / Math.max(1, mostOf(every.map(({ profile }) => profile.length))),
  );
  const level = Math.min(22, 170 / deepest);
  const range = { deepest, line, level, limit };
  const rows = shelved(drawn, line);
  const rowHeight = deepest * level + LABELS + 20;
  const height = rows.length * rowHeight + (left > 0 ? 20 : 0);
  const over = all.filter((part) => heightOf(part) > limit);
  const summit = all.reduce<Part | null>((a, b) => (a === null || heightOf(b) > heightOf(a) ? b : a), null);
  return {
    width: WIDTH,
    height,
    body: html`${rows.map((row, index) => shelf(row, index * rowHeight + 14, range))}
    ${left > 0 && label(AXIS, height - 6, `and ${count(left, 'more function')}`, { role: 'x-muted' })}`,
    title: 'How deep each line of each function is nested',
    figure: `${count(mostOf(all.map(heightOf)), 'level')} deep, complexity ${mostOf(all.map(({ complexity }) => complexity))}`,
    says: `${count(all.length, 'function')}. The deepest is ${summit?.name ?? 'none'} with ${count(summit === null ? 0 : heightOf(summit), 'level')}. ${
      over.length === 0
        ? 'None goes above the limit.'
        : `Above the limit of ${limit}: ${listed(over.map((part) => `${part.name} with ${heightOf(part)}`))}.`
    }`,
    table: html`${own.map((one) => outline(one, Infinity))}`,
  };
}

interface Range {
  readonly deepest: number;
  readonly line: number;
  readonly level: number;
  readonly limit: number;
}

interface Place {
  readonly part: Part;
  readonly x: number;
  readonly width: number;
}

/** As many beside each other as there is room for, each at least as wide as its words. */
function shelved(parts: readonly Part[], line: number): Place[][] {
  const rows: Place[][] = [];
  let x = AXIS;
  for (const part of parts) {
    const width = Math.max(part.profile.length * line, Math.min(wordsOf(part), LONGEST_WORDS));
    if (rows.length === 0 || x + width > WIDTH) {
      rows.push([]);
      x = AXIS;
    }
    rows.at(-1)?.push({ part, x, width });
    x += width + 24;
  }
  return rows;
}

/** One axis of levels from 0 for all functions of a row. */
function shelf(row: readonly Place[], top: number, range: Range): Html {
  const { deepest, level, limit } = range;
  const ground = top + deepest * level;
  const end = Math.max(...row.map(({ x, width }) => x + width), WIDTH);
  const marks = wholeTicksTo(deepest, 3).filter((mark) => mark <= deepest);
  return html`${marks.map(
    (mark) =>
      html`${path(`M${AXIS} ${round(ground - mark * level)}H${end}`, 'x-grid')}${label(AXIS - 8, ground - mark * level + 4, `${mark}`, { anchor: 'end', role: 'x-muted' })}`,
  )}
  ${
    limit <= deepest &&
    html`${path(`M${AXIS} ${round(ground - limit * level)}H${end}`, 'x-limit')}${label(end, ground - limit * level - 4, `limit ${limit}`, { anchor: 'end', role: 'x-muted x-on-line' })}`
  }
  ${row.map((place) => mountain(place, ground, range))}`;
}

function mountain({ part, x, width }: Place, ground: number, { line, level, limit }: Range): Html {
  const isOver = heightOf(part) > limit;
  const steps = part.profile.map(
    (depth, index) => `V${round(ground - depth * level)}H${round(x + (index + 1) * line)}`,
  );
  const peak = part.profile.indexOf(mostOf(part.profile));
  const tall = heightOf(part);
  return group(
    'function',
    html`${path(`M${round(x)} ${round(ground)}${steps.join('')}V${round(ground)}Z`, isOver ? 'x-fail-box' : 'x-part')}
    ${rect({ x, y: ground - 1, width: part.profile.length * line, height: 2 }, 'x-ground', { tip: `${part.name}, ${part.file}:${part.line}` })}
    ${
      tall > 0 &&
      label(x + (peak + 0.5) * line, ground - tall * level - 4, `${tall}`, {
        anchor: 'middle',
        role: isOver ? 'x-fail x-strong x-on-line' : 'x-strong x-on-line',
      })
    }
    ${label(x, ground + 16, part.name, { font: 'code', role: 'x-strong', width: Math.max(width, 60) })}
    ${label(x, ground + 31, facts(part), { role: 'x-muted', width: Math.max(width, 60) })}`,
  );
}

/** What can be seen; the depth that was measured may count what has no line of its own. */
const heightOf = ({ profile, depth }: Part) => Math.max(mostOf(profile), depth);
const facts = (part: Part) => `${count(part.profile.length, 'line')}, complexity ${part.complexity}`;
const wordsOf = (part: Part) => Math.max(textWidth(part.name, 'code'), textWidth(facts(part), 'prose')) + 2;

const AXIS = 26;
const LABELS = 40;
const LONGEST_WORDS = 190;
const MOST_FUNCTIONS = 40;
