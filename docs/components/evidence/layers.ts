import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { evidenceTable, size } from './evidence-table.ts';

type Layers = Extract<Evidence, { kind: 'layers' }>;

/** Layers of an image, first to last, and what can still be read out of them. */
export function layers({ layers: all }: Layers, most?: number): Html {
  const rows = all.map((layer) => [
    layer.line,
    html`<code>${layer.instruction}</code>`,
    `${layer.exact ? '' : 'about '}${size(layer.bytes)}`,
    layer.wasted === 0 ? '' : size(layer.wasted),
  ]);
  const columns = [
    { name: 'Line', numeric: true },
    { name: 'Instruction' },
    { name: 'Size', numeric: true },
    { name: 'Wasted', numeric: true },
  ] as const;
  return html`<div class="evidence">
    ${evidenceTable('Layers', columns, rows, most)} ${leaks(all, most)}
  </div>`;
}

function leaks(all: Layers['layers'], most?: number): Html | null {
  const rows = all.flatMap((layer) =>
    layer.leaks.map((leak) => [
      layer.line,
      html`<code>${leak.path}</code>`,
      leak.what,
      html`<code>${leak.command}</code>`,
    ]),
  );
  if (rows.length === 0) return null;
  const columns = [
    { name: 'Line', numeric: true },
    { name: 'File' },
    { name: 'Holds' },
    { name: 'Read it with' },
  ] as const;
  return evidenceTable('What can be read out of the image', columns, rows, most);
}
