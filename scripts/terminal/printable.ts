/**
 * Text of the learner's clinic as a terminal may show it: without control characters, which could move the cursor,
 * change the title or paint over a verdict. Line breaks stay; tabs become two blanks.
 */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replaceAll(ESCAPES, '')
    .replaceAll(CONTROLS, '\u00b7');
}

/** At most so many letters, with a sign where the rest was. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).trimEnd()} …`;
}

const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
