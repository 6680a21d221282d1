import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { evidenceTable, size } from './evidence-table.ts';

export function dependencies({ packages }: Extract<Evidence, { kind: 'dependencies' }>, most?: number): Html {
  const rows = packages.map((one) => [
    html`<code>${one.name}</code>`,
    html`<code>${one.version}</code>`,
    size(one.bytes),
    one.direct ? 'yes' : 'no',
    one.used ? 'yes' : 'no',
    one.advisories.join(', '),
  ]);
  const columns = [
    { name: 'Package' },
    { name: 'Version' },
    { name: 'Size', numeric: true },
    { name: 'Asked for' },
    { name: 'Imported' },
    { name: 'Advisories' },
  ] as const;
  return html`<div class="evidence">${evidenceTable('Packages', columns, rows, most)}</div>`;
}
