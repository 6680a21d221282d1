import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { evidenceTable } from './evidence-table.ts';

type Schema = Extract<Evidence, { kind: 'schema' }>;

export function schema({ tables, relations }: Schema, most?: number): Html {
  const all = evidenceTable(
    'Foreign keys',
    [{ name: 'From' }, { name: 'To' }, { name: 'On delete' }],
    relations.map((relation) => [
      html`<code>${relation.from} (${relation.fromColumns.join(', ')})</code>`,
      html`<code>${relation.to} (${relation.toColumns.join(', ')})</code>`,
      relation.onDelete,
    ]),
    most,
  );
  return html`<div class="evidence">
    ${tables.map((one) => table(one, most))}
    ${relations.length === 0 ? html`<p>No table refers to another by a foreign key.</p>` : all}
  </div>`;
}

function table({ name, columns, rows }: Schema['tables'][number], most?: number): Html {
  return evidenceTable(
    `${name}, ${count(rows, 'row')}`,
    [{ name: 'Column' }, { name: 'Type' }, { name: 'Key' }, { name: 'Suspect because' }],
    columns.map((column) => [
      html`<code>${column.name}</code>`,
      `${column.type}${column.nullable ? '' : ' not null'}`,
      column.key === 'none' ? '' : column.key,
      column.suspicion ?? '',
    ]),
    most,
  );
}
