import { duration } from '../../docs/components/clock.ts';
import { count } from '../../docs/components/count.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Paint } from './paint.ts';
import { printable, shortened } from './printable.ts';

/** Evidence in a few lines: the guide shows it whole, as a picture. */
export function renderEvidence(evidence: Evidence, columns: number, paint: Paint): string {
  const [title, ...lines] = linesOf(evidence);
  const shown = lines.slice(0, MOST_LINES).map((line) => `      ${oneLine(line, columns - 6)}`);
  const left = lines.length - shown.length;
  const more = left > 0 ? [`      ${paint.dim(`and ${left} more, in the guide`)}`] : [];
  return [`    ${paint.dim(oneLine(title ?? '', columns - 4))}`, ...shown, ...more].join('\n');
}

function linesOf(evidence: Evidence): string[] {
  switch (evidence.kind) {
    case 'comparison':
      return ['expected and observed', `+ ${evidence.expected}`, `- ${evidence.observed}`];
    case 'exchange': {
      const { request, response } = evidence;
      const body = request.body === undefined ? [] : [`  ${request.body}`];
      return [
        'request and response',
        `${request.method} ${request.path}`,
        ...body,
        `${response.status}  ${response.body}`,
      ];
    }
    case 'statements':
      return [
        `${count(evidence.statements.length, 'statement')} caused by ${evidence.request}`,
        ...evidence.statements.map(({ sql, rows, milliseconds, error }, i) => {
          const outcome =
            error === null ? `${count(rows, 'row')}, ${duration(milliseconds)}` : `error ${error.code}`;
          return `${i + 1}  (${outcome})  ${sql.replaceAll(/\s+/g, ' ').trim()}`;
        }),
      ];
    case 'schema':
      return [
        `${count(evidence.tables.length, 'table')}, ${count(evidence.relations.length, 'foreign key')}`,
        ...evidence.tables.flatMap(({ name, columns }) =>
          columns.flatMap((column) =>
            column.suspicion === undefined ? [] : [`${name}.${column.name}: ${column.suspicion}`],
          ),
        ),
      ];
    case 'source-marks':
      return [
        `${count(evidence.marks.length, 'place')} in ${evidence.file}`,
        ...evidence.marks.map(({ line, column, label }) => `${evidence.file}:${line}:${column}  ${label}`),
      ];
    case 'outline':
      return [
        count(evidence.functions.length, 'function'),
        ...evidence.functions.map(
          ({ name, file, line, depth, complexity }) =>
            `${name}  ${file}:${line}  depth ${depth}, complexity ${complexity}`,
        ),
      ];
    case 'dependencies':
      return [
        count(evidence.packages.length, 'package'),
        ...evidence.packages.flatMap(({ name, version, direct, used, advisories }) => {
          const faults = [...(direct && !used ? ['never imported'] : []), ...advisories];
          return faults.length === 0 ? [] : [`${name} ${version}  ${faults.join(', ')}`];
        }),
      ];
    case 'layers':
      return [
        count(evidence.layers.length, 'layer'),
        ...evidence.layers.flatMap(({ line, instruction, leaks }) =>
          leaks.map(
            ({ path, what, command }) => `line ${line} ${instruction}: ${what} in ${path} (${command})`,
          ),
        ),
      ];
    default:
      return evidence satisfies never;
  }
}

function oneLine(text: string, longest: number): string {
  return shortened(printable(text).replaceAll('\n', ' ⏎ '), Math.max(20, longest - 2));
}

const MOST_LINES = 6;
