import { type Html, html, type HtmlValue } from '../html.ts';
import type { Picture } from './picture.ts';
import { fitted } from './text-width.ts';

/** The whole picture. Its size is in `em`, so that it grows with the reader's text. */
export function svg({ width, height, title, says, body }: Picture, id: string): Html {
  return html`<svg
    class="xray-svg"
    role="img"
    aria-labelledby="${id}-title ${id}-says"
    viewBox="0 0 ${whole(width)} ${whole(Math.max(height, LEAST))}"
    width="${whole(width) / EM}em"
    height="${whole(Math.max(height, LEAST)) / EM}em"
    focusable="false"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-says">${says}</desc>
    ${body}
  </svg>`;
}

export interface Look {
  /** Roles by class, as the stylesheet knows them: `x-muted`, `x-fail`. */
  readonly role?: string;
  readonly anchor?: 'middle' | 'end';
  readonly font?: 'code';
  /** What is longer is cut, and told whole by a tooltip. */
  readonly width?: number;
}

/** A line of text whose baseline is at `y`. */
export function label(x: number, y: number, text: string, look: Look = {}): Html {
  const { role = '', anchor, font, width } = look;
  const shown = width === undefined ? text : fitted(text, width, font ?? 'prose');
  const names = [font === 'code' ? 'x-code' : '', role].filter((name) => name !== '').join(' ');
  return html`<text
    x="${round(x)}"
    y="${round(y)}"
    ${names !== '' && html`class="${names}"`}
    ${anchor !== undefined && html`text-anchor="${anchor}"`}
    >${shown}${shown !== text && html`<title>${text.slice(0, LONGEST_TOOLTIP)}</title>`}</text
  >`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function rect(
  box: Box,
  role: string,
  rest: { readonly tip?: string; readonly round?: number } = {},
): Html {
  const { tip, round: radius } = rest;
  return html`<rect
    x="${round(box.x)}"
    y="${round(box.y)}"
    width="${round(Math.max(0, box.width))}"
    height="${round(Math.max(0, box.height))}"
    ${radius !== undefined && html`rx="${radius}"`}
    class="${role}"
    >${tip !== undefined && html`<title>${tip.slice(0, LONGEST_TOOLTIP)}</title>`}</rect
  >`;
}

export function path(d: string, role: string): Html {
  return html`<path d="${d}" class="${role}" />`;
}

export function group(label: string, content: HtmlValue): Html {
  return html`<g data-part="${label}">${content}</g>`;
}

/** Stripes for what is of no use: told from the rest without colour. Fill with `hatched(id, …)`. */
export function hatch(id: string): Html {
  return html`<defs>
    <pattern
      id="${id}-hatch"
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <path d="M3.5 0v7" class="x-hatch" />
    </pattern>
  </defs>`;
}

export function hatched(id: string, box: Box, tip?: string): Html {
  return html`<rect
    x="${round(box.x)}"
    y="${round(box.y)}"
    width="${round(Math.max(0, box.width))}"
    height="${round(Math.max(0, box.height))}"
    fill="url(#${id}-hatch)"
    >${tip !== undefined && html`<title>${tip.slice(0, LONGEST_TOOLTIP)}</title>`}</rect
  >`;
}

/** Whole pixels are exact in `em`, so that letters of twelve stay letters of twelve. */
const whole = (length: number) => Math.ceil(length);
export const round = (length: number): number => Math.round(length * 10) / 10;

const EM = 16;
/** A picture of nothing is still seen to be there. */
const LEAST = 24;
const LONGEST_TOOLTIP = 600;
