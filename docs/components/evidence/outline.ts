import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { evidenceTable } from './evidence-table.ts';

export function outline({ functions }: Extract<Evidence, { kind: 'outline' }>, most?: number): Html {
  const rows = functions.map((one) => [
    html`<code>${one.name}</code>`,
    html`<code>${one.file}:${one.line}</code>`,
    one.endLine - one.line + 1,
    one.depth,
    one.complexity,
  ]);
  const columns = [
    { name: 'Function' },
    { name: 'Where' },
    { name: 'Lines', numeric: true },
    { name: 'Deepest level', numeric: true },
    { name: 'Paths through it', numeric: true },
  ] as const;
  return html`<div class="evidence">${evidenceTable('Functions', columns, rows, most)}</div>`;
}
