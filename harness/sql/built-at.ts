import type { Location } from '../../model/finding.ts';
import type { Sources } from '../sources.ts';

/**
 * Where the learner's files put an input into a statement: the longest piece of its text before `offset` after which a
 * file puts something in, else the longest piece of its beginning that a file holds. `null` when no file holds either.
 */
export function builtAt(sources: Sources, sql: string, offset: number): Location | null {
  const files = ['app/src/', 'app/migrations/'].flatMap((folder) =>
    sources.paths.filter((path) => path.startsWith(folder) && CODE.test(path)),
  );
  const find = (piece: string) => files.flatMap((file) => placesIn(file, sources.text(file) ?? '', piece));
  const before = sql.slice(Math.max(0, offset - LONGEST), offset);
  // A function that quotes puts its own signs before the input.
  for (const text of new Set([before, before.replace(/[E'"%]+$/, '')])) {
    for (let from = 0; text.length - from >= SHORTEST; from += 1) {
      const open = find(text.slice(from)).find((place) => place.isOpen);
      if (open !== undefined) return { file: open.file, line: open.line };
    }
  }
  for (let to = LONGEST; to >= SHORTEST; to -= 4) {
    const [place] = find(sql.slice(0, to));
    if (place !== undefined) return { file: place.file, line: place.line };
  }
  return null;
}

interface Place {
  readonly file: string;
  readonly line: number;
  /** A value is put in right behind it. */
  readonly isOpen: boolean;
}

function placesIn(file: string, text: string, piece: string): Place[] {
  const places: Place[] = [];
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
    const end = at + piece.length;
    places.push({
      file,
      line: text.slice(0, end).split('\n').length,
      isOpen: /^(\$\{|['"`]\s*[+,)]|%)/.test(text.slice(end)),
    });
  }
  return places;
}

const CODE = /\.([cm]?[jt]s|sql)$/;
const LONGEST = 60;
const SHORTEST = 6;
