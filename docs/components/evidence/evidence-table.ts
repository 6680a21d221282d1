import { count } from '../count.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { scrollingTable } from '../scrolling.ts';

export interface Column {
  readonly name: string;
  readonly numeric?: true;
}

/** A captioned table that stops after `most` rows and says how many more there are. */
export function evidenceTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly HtmlValue[][],
  most = MOST_ROWS,
): Html {
  const shown = rows.slice(0, most);
  const left = rows.length - shown.length;
  return html`${scrollingTable(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${numeric(column)}>${column.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) => html`<td ${numeric(columns[index])}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  ${left > 0 && html`<p class="left-out">${count(left, 'more row')} not shown.</p>`}`;
}

/** Kilobytes as package sizes and image layers are usually told. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

function numeric(column: Column | undefined): HtmlValue {
  return column?.numeric === true && html`class="numeric"`;
}

const MOST_ROWS = 40;
