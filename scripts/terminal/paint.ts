/** Text in a colour, or as it is where colours are not wanted. Never the only sign of anything. */
export type Paint = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

export function createPaint(coloured: boolean): Paint {
  const paint = ([open, close]: readonly [number, number]) =>
    coloured ? (text: string) => `\u001b[${open}m${text}\u001b[${close}m` : (text: string) => text;
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    red: paint(CODES.red),
    green: paint(CODES.green),
    yellow: paint(CODES.yellow),
    blue: paint(CODES.blue),
  };
}

/** Codes of ECMA-48, "select graphic rendition": on and off. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
} as const;
