import type { Html } from '../html.ts';

/** One side of an X-ray: the clinic as shipped, or the learner's. Lengths are pixels at the usual size of text. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What stands inside the `<svg>`. */
  readonly body: Html;
  /** What is drawn, for the picture's title. */
  readonly title: string;
  /** The one figure that tells before and now apart; at most about 40 letters. */
  readonly figure: string;
  /** What is seen, in a sentence or two: for whoever does not see it. */
  readonly says: string;
  /** The same facts as tables. */
  readonly table: Html;
}

/**
 * `own` is drawn; `both` is it and the other side, from which scales are taken, so that the two can be compared.
 * `id` begins every id inside of the picture.
 */
export type Draw<E> = (own: readonly E[], both: readonly E[], id: string) => Picture | Promise<Picture>;

/** As wide as the text column without scrolling. */
export const WIDTH = 680;
