import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { layers } from '../evidence/layers.ts';
import { type Html, html } from '../html.ts';
import { listed } from './listed.ts';
import { oneLine } from './one-line.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, label, path, rect } from './svg.ts';

type Layers = Extract<Evidence, { kind: 'layers' }>;
type Layer = Layers['layers'][number];

/** The layers as sheets, the first at the bottom, and at each sheet what can still be read out of it, and how. */
export function secretLayers(own: readonly Layers[]): Picture {
  const all = own.flatMap((one) => together(one.layers));
  const drawn = all.slice(0, MOST_SHEETS);
  const left = all.length - drawn.length;
  const sheets = drawn.map((layer) => ({ layer, places: placesOf(layer) })).reverse();
  let height = 4;
  const body = sheets.map(({ layer, places }) => {
    const y = height;
    height += heightOf(places) + 6;
    return sheet(layer, places, y);
  });
  const leaking = all.flatMap((layer) => placesOf(layer).map((place) => ({ layer, place })));
  return {
    width: WIDTH,
    height: height + (left > 0 ? 20 : 0),
    body: html`${body}
    ${left > 0 && label(0, height + 12, `and ${count(left, 'more layer')}`, { role: 'x-muted' })}`,
    title: 'The layers of the image, and every place where a secret can be read',
    figure:
      leaking.length === 0
        ? 'No place shows a secret'
        : `${count(leaking.length, 'place shows', 'places show')} a secret`,
    says: `${count(all.length, 'layer')}. ${
      leaking.length === 0
        ? 'No secret can be read in any of them.'
        : `A secret can be read in ${count(leaking.length, 'place')}: ${listed(leaking.map(({ layer, place }) => `line ${layer.line}${isBeside(layer) ? `, ${layer.instruction}` : `, ${place.path}`}`))}.`
    }`,
    table: html`${own.map((one) => layers(one, Infinity))}`,
  };
}

/** Several entries of what is no layer are one sheet. */
function together(layers: readonly Layer[]): Layer[] {
  const sheets = new Map<string, Layer>();
  for (const [index, layer] of layers.entries()) {
    const key = isBeside(layer) ? `${layer.line} ${layer.instruction}` : String(index);
    const before = sheets.get(key);
    sheets.set(key, { ...layer, leaks: [...(before?.leaks ?? []), ...layer.leaks] });
  }
  return [...sheets.values()];
}

/** What is no layer (the output, the configuration) is told in words, and begins with a small letter. */
const isBeside = ({ instruction }: Layer) => /^[a-z]/.test(instruction);

interface Place {
  readonly path: string;
  readonly command: string;
  readonly secrets: readonly string[];
}

/** Several secrets of one place are one place. */
function placesOf({ leaks }: Layer): Place[] {
  const places = new Map<string, Place>();
  for (const { path: where, command, what } of leaks) {
    const key = `${where}\n${command}`;
    places.set(key, { path: where, command, secrets: [...(places.get(key)?.secrets ?? []), what] });
  }
  return [...places.values()];
}

function sheet(layer: Layer, places: readonly Place[], y: number): Html {
  const isOpen = places.length > 0;
  const box = { x: 8, y, width: WIDTH - 16, height: heightOf(places) };
  const beside = isBeside(layer);
  return group(
    isOpen ? 'open-layer' : 'layer',
    html`${rect(box, isOpen ? 'x-fail-box' : beside ? 'x-beside' : 'x-sheet', { round: 4, tip: oneLine(layer.instruction) })}
    ${!beside && path(`M14 ${y + box.height}v3h${WIDTH - 28}v-3`, 'x-line')}
    ${label(22, y + 17, `line ${layer.line}`, { role: 'x-muted' })}
    ${label(78, y + 17, oneLine(layer.instruction).replace('/bin/sh -c ', ''), {
      ...(beside ? {} : { font: 'code' as const }),
      width: isOpen ? 400 : 570,
      ...(isOpen ? { role: 'x-strong' } : {}),
    })}
    ${isOpen && label(WIDTH - 20, y + 17, 'a secret can be read', { role: 'x-fail x-strong', anchor: 'end' })}
    ${places.map((place, index) => placeLines(place, y + SHEET + index * PLACE))}`,
  );
}

function placeLines({ path: where, command, secrets }: Place, y: number): Html {
  return html`${path(KEY(62, y + 9), 'x-fail-sign')}
  ${label(78, y + 13, where, { font: 'code', role: 'x-fail', width: 180 })}
  ${label(268, y + 13, `holds ${secrets.join(', ')}`, { width: WIDTH - 290 })}
  ${label(78, y + 29, command, { font: 'code', role: 'x-muted', width: WIDTH - 104 })}`;
}

const heightOf = (places: readonly Place[]) => SHEET + places.length * PLACE + (places.length > 0 ? 4 : 0);

/** A small key, its bow around x and y. */
const KEY = (x: number, y: number) => `M${x - 4} ${y}a4 4 0 1 0 -.01 .01zm0 0h10m-3 0v4m3 -4v3`;
const SHEET = 26;
const PLACE = 38;
const MOST_SHEETS = 40;
