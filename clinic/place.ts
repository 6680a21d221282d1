import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Location } from '../model/finding.ts';

/** Where in the learner's files a path of the scratch copy is; `null` outside of it. */
export function placeOf(file: string, directory: string, line?: number, column?: number): Location | null {
  const path = file.startsWith('file:') ? pathOfUrl(file) : file;
  const inside = relative(directory, path);
  if (inside === '' || inside.startsWith('..') || inside.includes('node_modules')) return null;
  return {
    file: `app/${inside.split(sep).join('/')}`,
    ...(line !== undefined && line > 0 ? { line } : {}),
    ...(column !== undefined && column > 0 ? { column } : {}),
  };
}

/** The first place in the learner's files that a stack, or any text with `path:line:column`, names. */
export function placeInText(text: string, directory: string): Location | null {
  for (const [, file, line, column] of text.matchAll(PLACE)) {
    const place = placeOf(
      file ?? '',
      directory,
      Number(line),
      column === undefined ? undefined : Number(column),
    );
    if (place !== null) return place;
  }
  return null;
}

/** A text of the clinic with paths of the scratch copy written as the learner knows them. */
export function inLearnersPaths(text: string, directory: string): string {
  // As a URL the folder is spelled otherwise: blanks and letters beyond ASCII by number, and a drive after three slashes.
  return text
    .replaceAll(pathToFileURL(directory).href, 'app')
    .replaceAll(`file://${directory}`, 'app')
    .replaceAll(directory, 'app');
}

/** A stack without the frames of Node, of packages and of ours: the learner's own, at most eight. */
export function ownStack(stack: string, directory: string): string {
  const lines = stack.split('\n');
  const head = lines.slice(
    0,
    Math.max(
      1,
      lines.findIndex((line) => /^\s+at /.test(line)),
    ),
  );
  const frames = lines.filter((line) => /^\s+at /.test(line) && placeInText(line, directory) !== null);
  return inLearnersPaths([...head, ...frames.slice(0, 8)].join('\n'), directory);
}

function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url.replace(/\?.*$/, ''));
  } catch {
    return url;
  }
}

const PLACE =
  /((?:file:\/\/)?(?:\/(?:[A-Za-z]:[\\/])?|[A-Za-z]:[\\/])[^\n:"'()]*?\.[cm]?[jt]sx?)(?:\?[^\s:)]*)?:(\d+)(?::(\d+))?/g;
