import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { evidenceTable } from './evidence-table.ts';

export function sourceMarks(
  { file, lines, marks }: Extract<Evidence, { kind: 'source-marks' }>,
  most?: number,
): Html {
  const rows = marks.map((mark) => [
    html`<code>${mark.line === mark.endLine ? `${mark.line}` : `${mark.line} to ${mark.endLine}`}</code>`,
    mark.kind,
    mark.label,
  ]);
  const columns = [{ name: 'Line', numeric: true }, { name: 'What' }, { name: 'Found' }] as const;
  return html`<div class="evidence">${evidenceTable(`${file}, ${lines} lines`, columns, rows, most)}</div>`;
}
