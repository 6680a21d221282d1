import type { Aim } from './aims.ts';
import type { Figure } from './figures.ts';
import { cellsOf, HEADINGS } from './render-figures.ts';

/** The same table for a document, and which aims it meets. */
export function renderMarkdown(figures: readonly Figure[], aims: readonly Aim[], where: string): string {
  const table = [HEADINGS, HEADINGS.map((_, i) => (i === 0 ? '---' : '---:')), ...figures.map(cellsOf)];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const met = aims.map(({ aim, found, met }) => row([aim, found, MET[String(met)] ?? '']));
  return [
    where,
    '',
    ...table.map(row),
    '',
    row(['aim', 'found', 'met']),
    row(['---', '---', '---']),
    ...met,
  ].join('\n');
}

/** The document with what stands between two comments replaced. Throws when there are no such comments. */
export function replaceSection(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [begin, end] = [document.indexOf(open), document.indexOf(close)];
  if (begin < 0 || end < begin) throw new Error(`there is no ${open} … ${close} in the document`);
  return `${document.slice(0, begin + open.length)}\n\n${text}\n\n${document.slice(end)}`;
}

const MET: Readonly<Record<string, string>> = { true: 'yes', false: '**no**', null: 'not measured' };
