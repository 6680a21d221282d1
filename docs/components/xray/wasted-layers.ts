import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { size } from '../evidence/evidence-table.ts';
import { layers } from '../evidence/layers.ts';
import { type Html, html } from '../html.ts';
import { mostOf, sumOf, ticksTo } from './axis.ts';
import { listed } from './listed.ts';
import { oneLine } from './one-line.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, hatch, hatched, label, path, rect, round } from './svg.ts';

type Layers = Extract<Evidence, { kind: 'layers' }>;
type Layer = Layers['layers'][number];

/** The image as a stack as high as it is large, the first layer at the bottom; what is of no use is striped. */
export function wastedLayers(own: readonly Layers[], both: readonly Layers[], id: string): Picture {
  const images = own.slice(0, MOST_IMAGES);
  const left = own.length - images.length;
  const total = (one: Layers) => sumOf(one.layers.map(({ bytes }) => bytes));
  const ticks = ticksTo(mostOf(both.map(total)) / 1e6, 4);
  const scale = STACK / ((ticks.at(-1) ?? 1) * 1e6);
  const rows = Math.max(...both.map((one) => one.layers.length), 1);
  const tall = TOP + Math.max(STACK, rows * LEAST_ROW) + 26;
  const all = own.flatMap((one) => one.layers);
  const [bytes, wasted] = [sumOf(all.map((one) => one.bytes)), sumOf(all.map((one) => one.wasted))];
  const worst = all.filter((one) => one.wasted > 0).toSorted((a, b) => b.wasted - a.wasted);
  return {
    width: WIDTH,
    height: tall * Math.max(images.length, 1) + (left > 0 ? 20 : 0),
    body: html`${hatch(id)}
    ${images.map((image, index) => html`<g transform="translate(0 ${tall * index})">${stack(image, { ticks, scale, id, tall })}</g>`)}
    ${left > 0 && label(0, tall * images.length + 14, `and ${count(left, 'more image')}`, { role: 'x-muted' })}`,
    title: 'The layers of the image, and what of them is of no use',
    figure: `about ${size(bytes)}, ${size(wasted)} of it wasted`,
    says: `${count(all.length, 'layer')}, about ${size(bytes)}, of which ${size(wasted)} is of no use to the running clinic.${
      worst.length === 0
        ? ''
        : ` Most in: ${listed(
            worst.map((one) => `${plain(one).slice(0, 60)}, ${size(one.wasted)}`),
            3,
          )}.`
    }`,
    table: html`${own.map((one) => layers(one, Infinity))}`,
  };
}

interface Frame {
  /** Megabytes. */
  readonly ticks: readonly number[];
  readonly scale: number;
  readonly id: string;
  readonly tall: number;
}

function stack({ layers: all }: Layers, { ticks, scale, id, tall }: Frame): Html {
  const ground = tall - 20;
  const drawn = all.length <= MOST_LAYERS ? all : all.slice(-MOST_LAYERS);
  const row = Math.min(34, (ground - TOP) / Math.max(drawn.length, 1));
  let height = ground;
  const blocks = all.map((layer) => {
    const bytes = layer.bytes * scale;
    height -= bytes;
    return { layer, top: height, tall: bytes };
  });
  const labelled = blocks.slice(all.length - drawn.length);
  return html`${ticks.map(
    (tick) =>
      html`${path(`M${AXIS} ${round(ground - tick * 1e6 * scale)}H${AXIS + STACK_WIDTH + 8}`, 'x-grid')}${label(AXIS - 8, ground - tick * 1e6 * scale + 4, inMegabytes(tick), { anchor: 'end', role: 'x-muted' })}`,
  )}
  ${blocks.map(({ layer, top, tall: bytes }) => block(layer, top, bytes, id))}
  ${labelled.map(({ layer, top, tall: bytes }, index) =>
    described(layer, { from: top + bytes / 2, y: ground - (index + 0.5) * row }),
  )}
  ${drawn.length < all.length && label(WORDS, ground + 14, `and ${count(all.length - drawn.length, 'more layer')} below`, { role: 'x-muted' })}`;
}

function block(layer: Layer, top: number, tall: number, id: string): Html {
  const box = { x: AXIS + 6, y: top, width: STACK_WIDTH - 6, height: Math.max(tall, 0.8) };
  const wasted = {
    ...box,
    height: layer.bytes === 0 ? 0 : box.height * Math.min(1, layer.wasted / layer.bytes),
  };
  const tip = `line ${layer.line}: ${oneLine(layer.instruction)}, ${sizes(layer)}`;
  return group(
    'layer',
    html`${rect(box, 'x-layer', { tip })}
    ${wasted.height >= 0.5 && html`${rect(wasted, 'x-waste', { tip })}${hatched(id, wasted, tip)}`}`,
  );
}

function described(layer: Layer, { from, y }: { readonly from: number; readonly y: number }): Html {
  const [edge, bend] = [AXIS + STACK_WIDTH + 2, WORDS - 12];
  const isWasteful = layer.wasted >= 1e6;
  return html`${path(`M${edge} ${round(from)}C${edge + 22} ${round(from)} ${bend - 22} ${round(y)} ${bend} ${round(y)}`, 'x-lead')}
  ${label(WORDS, y + 4, plain(layer), { font: 'code', width: FIGURES - WORDS - 8 })}
  ${label(
    WIDTH,
    y + 4,
    isWasteful ? `${size(layer.wasted)} wasted` : layer.bytes === 0 ? 'empty' : sizes(layer),
    {
      anchor: 'end',
      role: isWasteful ? 'x-fail x-strong' : 'x-muted',
    },
  )}`;
}

/** As the Dockerfile has it. */
const plain = ({ instruction }: Layer) => oneLine(instruction).replace('/bin/sh -c ', '');
const sizes = ({ bytes, exact }: Layer) => `${exact ? '' : 'about '}${size(bytes)}`;
const inMegabytes = (tick: number) => (tick >= 1000 ? `${tick / 1000} GB` : `${tick} MB`);

const TOP = 12;
const STACK = 330;
const LEAST_ROW = 18;
const AXIS = 62;
const STACK_WIDTH = 150;
const WORDS = 276;
const FIGURES = 566;
const MOST_IMAGES = 3;
const MOST_LAYERS = 30;
