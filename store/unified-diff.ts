import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** A file's unified diff with three lines of context, as git writes it; `undefined` is a file that is not there. '' when equal. */
export function unifiedDiff(path: string, before: Buffer | undefined, after: Buffer | undefined): string {
  if (before === undefined ? after === undefined : after !== undefined && before.equals(after)) return '';
  const texts = [textOf(before), textOf(after)] as const;
  const [from, to] = texts;
  const names = [
    before === undefined ? NOWHERE : `a/${path}`,
    after === undefined ? NOWHERE : `b/${path}`,
  ] as const;
  if (from === null || to === null) return `Binary files ${names[0]} and ${names[1]} differ\n`;
  return createTwoFilesPatch(...names, from, to, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** `null` for what is no text in UTF-8 and would not come back as it was. */
export function textOf(bytes: Buffer | undefined): string | null {
  if (bytes === undefined) return '';
  const text = bytes.toString('utf8');
  return text.includes('\0') || !Buffer.from(text).equals(bytes) ? null : text;
}

export const NOWHERE = '/dev/null';
