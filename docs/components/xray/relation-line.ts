import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import type { GraphLayout, Point } from './graph-layout.ts';
import { group, label, path, round } from './svg.ts';

type Relation = Extract<Evidence, { kind: 'schema' }>['relations'][number];

/** From the many to the one: a crow's foot where many rows may be, a bar where one is. */
export function relationLine(relation: Relation, way: GraphLayout['ways'][number] | undefined): Html | null {
  const points = way?.points ?? [];
  const [first, second] = points;
  const [beforeLast, last] = points.slice(-2);
  if (first === undefined || second === undefined || beforeLast === undefined || last === undefined)
    return null;
  const tip = `${relation.from} (${relation.fromColumns.join(', ')}) to ${relation.to} (${relation.toColumns.join(', ')}), on delete ${relation.onDelete}`;
  return group(
    'relation',
    html`<title>${tip}</title> ${path(smooth(points), 'x-line')} ${path(crowsFoot(first, second), 'x-line')}
      ${path(bar(last, beforeLast), 'x-line')}
      ${
        way?.label !== null &&
        way?.label !== undefined &&
        relation.onDelete !== 'no action' &&
        label(way.label.x, way.label.y + 4, relation.onDelete, { anchor: 'middle', role: 'x-on-line' })
      }`,
  );
}

/** Through the middles of the segments, so that corners are round. */
export function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = rest.map((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${round(point.x)} ${round(point.y)}`;
    const [x, y] = [(point.x + next.x) / 2, (point.y + next.y) / 2];
    return `Q${round(point.x)} ${round(point.y)} ${round(x)} ${round(y)}`;
  });
  return `M${round(first.x)} ${round(first.y)}${parts.join('')}`;
}

function crowsFoot(at: Point, towards: Point): string {
  const { x, y } = unit(at, towards);
  const [tipX, tipY] = [at.x + x * 11, at.y + y * 11];
  const toe = (side: number) => `${round(at.x - y * side)} ${round(at.y + x * side)}`;
  return `M${toe(5)}L${round(tipX)} ${round(tipY)}L${toe(-5)}`;
}

function bar(at: Point, from: Point): string {
  const { x, y } = unit(at, from);
  const [middleX, middleY] = [at.x + x * 7, at.y + y * 7];
  return `M${round(middleX - y * 5)} ${round(middleY + x * 5)}L${round(middleX + y * 5)} ${round(middleY - x * 5)}`;
}

function unit(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}
