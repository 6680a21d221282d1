import type { Evidence } from '../../../model/evidence.ts';
import type { DrawingName } from '../../../model/xray.ts';
import { createPageCache } from '../../markdown/page-cache.ts';
import type { Html } from '../html.ts';
import { drawXray } from './draw-xray.ts';
import type { Picture } from './picture.ts';
import { svg } from './svg.ts';

/** A picture as it is shown, and what is said of it. */
export interface Drawn extends Pick<Picture, 'height' | 'title' | 'figure' | 'says' | 'table'> {
  readonly svg: Html;
}

export interface Order {
  readonly drawing: DrawingName;
  readonly own: readonly Evidence[];
  /** The other side, for the scale; empty when there is none. */
  readonly other: readonly Evidence[];
  /** Begins every id; unlike any other on the page. */
  readonly id: string;
}

export type Pictures = (order: Order) => Promise<Drawn>;

/** Draws, and keeps what it drew by its content: a page that is opened again costs no drawing. */
export function createPictures(): Pictures {
  const kept = createPageCache<Drawn>(MOST_KEPT);
  return (order) => kept(JSON.stringify(order), () => drawn(order));
}

async function drawn({ drawing, own, other, id }: Order): Promise<Drawn> {
  const picture = await drawXray(drawing, own, [...own, ...other], id);
  const { height, title, figure, says, table } = picture;
  return { svg: svg(picture, id), height, title, figure, says, table };
}

/** Both sides of ten steps, before a save and after. */
const MOST_KEPT = 40;
