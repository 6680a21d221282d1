import { fileURLToPath } from 'node:url';
import { type HTMLElement, parse } from 'node-html-parser';
import { drawXray } from '../../docs/components/xray/draw-xray.ts';
import type { Picture } from '../../docs/components/xray/picture.ts';
import { svg } from '../../docs/components/xray/svg.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Step } from '../../model/step.ts';
import type { DrawingName } from '../../model/xray.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { loadXray } from '../../store/step-xray.ts';

export interface Shown extends Picture {
  /** The picture as a page has it. */
  readonly markup: string;
  readonly svg: HTMLElement;
  /** Texts of the picture, cut ones whole, in their order. */
  readonly texts: readonly string[];
}

export async function draw(
  drawing: DrawingName,
  own: readonly Evidence[],
  other: readonly Evidence[] = [],
): Promise<Shown> {
  const picture = await drawXray(drawing, own, [...own, ...other], 'x');
  const markup = svg(picture, 'x').toString();
  const root = parse(markup);
  const texts = root
    .querySelectorAll('text')
    .map((text) => (text.querySelector('title') ?? text).textContent.replaceAll(/\s+/g, ' ').trim());
  return { ...picture, markup, svg: root, texts };
}

/** The steps with what was recorded of each. */
export async function recordedSteps(): Promise<readonly { step: Step; evidence: readonly Evidence[] }[]> {
  const steps = await loadCatalogue(fileURLToPath(new URL('../../', import.meta.url)));
  return Promise.all(steps.map(async (step) => ({ step, evidence: (await loadXray(step)) ?? [] })));
}

export async function recorded(drawing: DrawingName): Promise<readonly Evidence[]> {
  const found = (await recordedSteps()).find(({ step }) => step.xray?.drawing === drawing);
  if (found === undefined) throw new Error(`no step draws ${drawing}`);
  return found.evidence;
}

/** The text of each cell of the picture's tables, row by row. */
export function rowsOf(shown: Shown): readonly (readonly string[])[] {
  return parse(shown.table.toString())
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('td').map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim()));
}

/** Evidence of one kind with a text of the attacker's choice wherever a text may be. */
export function hostile(kind: Evidence['kind'], text: string): Evidence {
  const statement = { sql: text, parameters: [text], rows: 1, milliseconds: 1, startedAt: 0, error: null };
  const all: Readonly<Record<Evidence['kind'], Evidence>> = {
    comparison: { kind: 'comparison', expected: text, observed: text },
    exchange: {
      kind: 'exchange',
      request: { method: 'GET', path: text },
      response: { status: 200, body: text },
    },
    statements: {
      kind: 'statements',
      request: text,
      statements: [statement, { ...statement, error: { code: text, message: text } }],
      marks: [
        { statement: 0, start: 2, end: 9, label: text },
        { statement: 0, parameter: 0, start: 0, end: 4, label: text },
      ],
      trees: [{ statement: 0, tree: text, twin: `${text}2` }],
    },
    schema: {
      kind: 'schema',
      tables: ['__proto__', text].map((name) => ({
        name,
        rows: 1,
        columns: [{ name: text, type: text, nullable: true, key: 'foreign', suspicion: text }],
      })),
      relations: [
        { from: text, fromColumns: [text], to: '__proto__', toColumns: [text], onDelete: 'cascade' },
        { from: text, fromColumns: [text], to: text, toColumns: [text], onDelete: 'restrict' },
        { from: text, fromColumns: [text], to: 'nowhere', toColumns: [text], onDelete: 'restrict' },
      ],
    },
    'source-marks': {
      kind: 'source-marks',
      file: text,
      lines: 3,
      marks: [
        { line: 1, column: 1, endLine: 1, endColumn: 9, kind: text, label: text, quote: text },
        { line: 2, column: 1, endLine: 3, endColumn: 9, kind: 'constructor', label: text },
      ],
      extents: [[0, 9]],
    },
    outline: {
      kind: 'outline',
      functions: ['__proto__', text].map((name) => ({
        name,
        file: text,
        line: 1,
        endLine: 2,
        depth: 1,
        complexity: 99,
        profile: [0, 1],
        calls: [text, '__proto__', 'nobody'],
      })),
      limits: { depth: 3, complexity: 12 },
    },
    dependencies: {
      kind: 'dependencies',
      packages: ['__proto__', text].map((name) => ({
        name,
        version: text,
        bytes: 10,
        direct: true,
        used: false,
        advisories: [text],
        requires: [text, '__proto__', 'nobody'],
      })),
    },
    layers: {
      kind: 'layers',
      layers: [
        {
          instruction: text,
          line: 1,
          bytes: 10,
          wasted: 5,
          exact: true,
          leaks: [{ path: text, what: text, command: text }],
        },
      ],
    },
  };
  return all[kind];
}
