import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { schema } from '../evidence/schema.ts';
import { type Html, html } from '../html.ts';
import { layoutGraph } from './graph-layout.ts';
import { listed } from './listed.ts';
import { type Picture, WIDTH } from './picture.ts';
import { relationLine } from './relation-line.ts';
import { label } from './svg.ts';
import { tableBox, tableSize } from './table-box.ts';
import { textWidth } from './text-width.ts';

type Schema = Extract<Evidence, { kind: 'schema' }>;

/** The tables with their keys, columns that carry what belongs elsewhere marked. */
export async function entityRelationship(own: readonly Schema[]): Promise<Picture> {
  const [evidence = NONE] = own;
  const drawn = evidence.tables.slice(0, MOST_TABLES);
  const left = evidence.tables.length - drawn.length;
  const names = new Set(drawn.map(({ name }) => name));
  const relations = evidence.relations.filter(({ from, to }) => names.has(from) && names.has(to));
  const layout = await layoutGraph(
    drawn.map((table) => ({ id: table.name, ...tableSize(table) })),
    relations.map((relation) => ({ ...relation, label: roomFor(relation.onDelete) })),
    WIDTH,
  );
  const suspects = evidence.tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) => (column.suspicion === undefined ? [] : [{ ...column, table: name }])),
  );
  const height = layout.height + (left > 0 ? 26 : 0);
  return {
    width: Math.max(layout.width, 200) + 2,
    height: height + 2,
    body: html`<g transform="translate(1 1)">
      ${relations.map((relation, index) => relationLine(relation, layout.ways[index]))}
      ${drawn.map((table) => tableBox(table, layout.places.get(table.name) ?? { x: 0, y: 0 }))}
      ${left > 0 && label(0, height - 4, `and ${count(left, 'more table')}`, { role: 'x-muted' })}
    </g>`,
    title: 'Tables, and the keys that tie them',
    figure: `${count(suspects.length, 'suspect column')}, ${count(evidence.relations.length, 'key')}`,
    says: `${count(evidence.tables.length, 'table')} tied by ${count(evidence.relations.length, 'foreign key')}. ${
      suspects.length === 0
        ? 'No column carries what belongs elsewhere.'
        : `Marked: ${listed(suspects.map(({ table, name, suspicion }) => `${table}.${name}, ${suspicion}`))}.`
    }`,
    table: tables(own),
  };
}

const tables = (own: readonly Schema[]): Html => html`${own.slice(0, 1).map((one) => schema(one, Infinity))}`;

/** What most keys do is not written on them. */
function roomFor(onDelete: string) {
  return onDelete === 'no action'
    ? { width: 0, height: 0 }
    : { width: textWidth(onDelete, 'prose') + 8, height: 16 };
}

const NONE: Schema = { kind: 'schema', tables: [], relations: [] };
const MOST_TABLES = 40;
