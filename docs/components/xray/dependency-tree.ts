import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { dependencies } from '../evidence/dependencies.ts';
import { size } from '../evidence/evidence-table.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { mostOf, sumOf, ticksTo } from './axis.ts';
import { listed } from './listed.ts';
import { type Branch, branchesOf, isAdvised, type Package } from './package-tree.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, hatch, hatched, label, path, rect, round } from './svg.ts';
import { textWidth } from './text-width.ts';

type Dependencies = Extract<Evidence, { kind: 'dependencies' }>;

/** What the manifest asks for and what comes along, each as long as it takes room on the disk. */
export function dependencyTree(
  own: readonly Dependencies[],
  both: readonly Dependencies[],
  id: string,
): Picture {
  const packages = own.flatMap((one) => one.packages);
  const branches = branchesOf(packages);
  const drawn = branches.slice(0, MOST_BRANCHES);
  const left = branches.length - drawn.length;
  const most = mostOf(both.flatMap((one) => branchesOf(one.packages).map(({ bytes }) => bytes)));
  const ticks = ticksTo(most / 1e6, 4);
  const scale = (WIDTH - BARS - ROOM) / ((ticks.at(-1) ?? 1) * 1e6);
  const rows = drawn.flatMap((branch) => rowsOf(branch));
  const height = TOP + rows.length * ROW + (left > 0 ? 24 : 4);
  const advised = packages.filter(isAdvised);
  const unused = packages.filter(({ used }) => !used);
  return {
    width: WIDTH,
    height,
    body: html`${hatch(id)}
    ${ticks.map(
      (tick) =>
        html`${path(`M${round(BARS + tick * 1e6 * scale)} ${TOP - 8}V${TOP + rows.length * ROW}`, 'x-grid')}${label(BARS + tick * 1e6 * scale, TOP - 14, `${tick} MB`, { anchor: 'middle', role: 'x-muted' })}`,
    )}
    ${rows.map((row, index) => drawRow(row, TOP + index * ROW, scale, id))}
    ${left > 0 && label(8, height - 6, `and ${count(left, 'more package')} at the root`, { role: 'x-muted' })}`,
    title: 'What the manifest asks for, and what comes along with it',
    figure: `${count(packages.length, 'package')}, ${size(sumOf(packages.map(({ bytes }) => bytes)))}, ${advised.length} unsafe`,
    says: `${count(packages.length, 'package')} take ${size(sumOf(packages.map(({ bytes }) => bytes)))}. ${count(advised.length, 'package has', 'packages have')} advisories${
      advised.length === 0 ? '' : `: ${listed(advised.map(({ name, version }) => `${name} ${version}`))}`
    }. ${unused.length === 0 ? 'All are used.' : `${count(unused.length, 'package serves', 'packages serve')} nothing that is imported, ${size(sumOf(unused.map(({ bytes }) => bytes)))}.`}`,
    table: html`${own.map((one) => dependencies(one, Infinity))}`,
  };
}

type Row =
  | { readonly kind: 'root'; readonly branch: Branch }
  | { readonly kind: 'along'; readonly one: Package; readonly isLast: boolean }
  | { readonly kind: 'rest'; readonly packages: readonly Package[] };

/** The root, what comes along and has an advisory or is among the largest, and the rest as one row. */
function rowsOf(branch: Branch): Row[] {
  const advised = branch.along.filter(isAdvised).slice(0, MOST_ADVISED);
  const large = branch.along.filter((one) => !advised.includes(one)).slice(0, MOST_LARGE);
  const shown = [...advised, ...large];
  const rest = branch.along.filter((one) => !shown.includes(one));
  return [
    { kind: 'root', branch },
    ...shown.map(
      (one, index) =>
        ({ kind: 'along', one, isLast: rest.length === 0 && index === shown.length - 1 }) as const,
    ),
    ...(rest.length > 0 ? [{ kind: 'rest', packages: rest } as const] : []),
  ];
}

function drawRow(row: Row, y: number, scale: number, id: string): Html {
  switch (row.kind) {
    case 'root': {
      const { root, along, bytes } = row.branch;
      const words = row.branch.isStray
        ? `${size(bytes)}, asked for by none of these`
        : along.length === 0
          ? size(bytes)
          : `${size(bytes)} with ${along.length} along`;
      return html`${y > TOP && path(`M0 ${y - 1}H${WIDTH}`, 'x-grid')} ${name(root, 4, y, 'x-strong')}
      ${bar({ bytes, y, scale, id, tall: 12 }, root, words)}`;
    }
    case 'along':
      return html`${branchLine(y, row.isLast)} ${name(row.one, 26, y, '')}
      ${bar({ bytes: row.one.bytes, y, scale, id, tall: 7 }, row.one, size(row.one.bytes))}`;
    case 'rest': {
      const bytes = sumOf(row.packages.map((one) => one.bytes));
      return html`${branchLine(y, true)}
      ${label(26, y + 14, `and ${count(row.packages.length, 'more package')}`, { role: 'x-muted' })}
      ${rect({ x: BARS, y: y + 7, width: Math.max(1, bytes * scale), height: 7 }, 'x-rest')}
      ${label(BARS + bytes * scale + 6, y + 14, size(bytes), { role: 'x-muted x-on-line' })}`;
    }
    default:
      return row satisfies never;
  }
}

function name({ name: own, version }: Package, x: number, y: number, role: string): Html {
  const room = BARS - x - 14;
  const versionRoom = Math.min(textWidth(version, 'code'), room * 0.4);
  return html`${label(x, y + 14, own, { font: 'code', role, width: room - versionRoom - 8 })}
  ${label(BARS - 12, y + 14, version, { font: 'code', role: 'x-muted', anchor: 'end', width: versionRoom })}`;
}

interface Bar {
  readonly bytes: number;
  readonly y: number;
  readonly scale: number;
  readonly id: string;
  readonly tall: number;
}

/** Red and a word for an advisory; striped and a word for what nothing imports. */
function bar({ bytes, y, scale, id, tall }: Bar, one: Package, sizeWords: string): Html {
  const box = { x: BARS, y: y + 10 - tall / 2, width: Math.max(1.5, bytes * scale), height: tall };
  const tip = [`${one.name} ${one.version}, ${sizeWords}`, ...one.advisories].join(', ');
  const words: HtmlValue[] = [label(0, 0, sizeWords, { role: 'x-on-line x-muted' })];
  let x = textWidth(sizeWords, 'prose') + 10;
  const add = (word: string, role: string) => {
    words.push(label(x, 0, word, { role: `${role} x-strong x-on-line` }));
    x += textWidth(word, 'prose') * BOLD + 12;
  };
  if (isAdvised(one)) add(`▲ ${count(one.advisories.length, 'advisory', 'advisories')}`, 'x-fail');
  if (one.direct && !one.used) add('never imported', 'x-warn');
  return group(
    'package',
    html`${rect(box, isAdvised(one) ? 'x-fail-box' : one.used ? 'x-part' : 'x-warn-box', { tip })}
      ${!one.used && hatched(id, box, tip)}
      <g transform="translate(${round(box.x + box.width + 6)} ${y + 14})">${words}</g>`,
  );
}

const branchLine = (y: number, isLast: boolean) =>
  path(`M12 ${y - 2}V${isLast ? y + 10 : y + ROW - 2}M12 ${y + 10}H21`, 'x-line');

const TOP = 36;
const ROW = 20;
const BARS = 246;
/** For the words behind the longest bar. */
const ROOM = 190;
/** How much wider strong letters are. */
const BOLD = 1.12;
const MOST_BRANCHES = 24;
const MOST_ADVISED = 8;
const MOST_LARGE = 2;
