import { posix } from 'node:path';
import { findCircle } from './circles.ts';
import { PACKAGES, roomOf, ROOMS } from './rooms.ts';
import { isCode, type ParsedSource, parseSource, type SourceFile } from './source-file.ts';

/** What the house does not allow, one sentence each, with the rule that it breaks and what to do instead. */
export function violations(sources: readonly SourceFile[]): string[] {
  const ours = sources.filter((source) => roomOf(source.path) !== 'app');
  const code = sources.filter((source) => isCode(source.path));
  const parsed = new Map(code.map((source) => [source.path, parseSource(source)]));
  return [
    ...code.flatMap((source) => importFaults(source.path, parsed.get(source.path))),
    ...circleFaults(code, parsed),
    ...ours.flatMap((source) => [...nameFaults(source), ...lengthFaults(source), ...placeFaults(source)]),
    ...ours.flatMap((source) => evasionFaults(source, parsed.get(source.path))),
  ];
}

function importFaults(path: string, parsed: ParsedSource | undefined): string[] {
  return (parsed?.imports ?? []).flatMap(({ line, what }) => {
    const fault = what.startsWith('.')
      ? roomFault(path, posix.join(posix.dirname(path), what))
      : packageFault(path, what);
    return fault === null ? [] : [`${path}:${line} imports ${what}. ${fault}`];
  });
}

function roomFault(path: string, target: string): string | null {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (target.startsWith('..')) return 'It leads out of the workshop.';
  if (to === from) return stepFault(path, target);
  const allowed = ROOMS[from];
  if (allowed === undefined)
    return from === ''
      ? null
      : `${from}/ is no room: add it to tests/architecture/rooms.ts with what it may import.`;
  if (allowed.includes(to)) return null;
  if (to === 'app') return 'Nothing of ours imports app/: it is reached by process, HTTP, SQL and its text.';
  const may = allowed.length === 0 ? 'no other room' : allowed.map((room) => `${room}/`).join(', ');
  return `${from}/ may import ${may}: an import points down a floor or more, and neighbours never import each other. Hand the thing in from above, or move its words to model/.`;
}

function stepFault(path: string, target: string): string | null {
  const isOtherStep = roomOf(path) === 'steps' && path.split('/')[1] !== target.split('/')[1];
  return isOtherStep ? 'A step touches no other folder: what two steps need belongs into harness/.' : null;
}

function packageFault(path: string, name: string): string | null {
  const room = roomOf(path);
  if (name.startsWith('/') || name.startsWith('file:')) return 'An absolute path exists on one machine only.';
  // A tool's configuration speaks the tool's language.
  const allowed = path.endsWith('.config.js') ? undefined : PACKAGES[room];
  if (
    allowed === undefined ||
    allowed.some((prefix) => name === prefix || (prefix.endsWith(':') && name.startsWith(prefix)))
  )
    return null;
  return `${room}/ may import no package but ${allowed.join(' and ')}.`;
}

function circleFaults(code: readonly SourceFile[], parsed: ReadonlyMap<string, ParsedSource>): string[] {
  const graph = new Map(
    code.map(({ path }) => {
      const relative = (parsed.get(path)?.imports ?? []).filter(({ what }) => what.startsWith('.'));
      return [path, relative.map(({ what }) => posix.join(posix.dirname(path), what))];
    }),
  );
  const circle = findCircle(graph);
  if (circle === null || circle.some((path) => roomOf(path) === 'app')) return [];
  return [
    `${circle.join(' -> ')} is a circle. Types count as well: move what both need to a file of its own, below both.`,
  ];
}

function nameFaults({ path }: SourceFile): string[] {
  const bad = path.split('/').find((part) => BANNED_NAMES.includes(part.replace(/\..*$/, '')));
  return bad === undefined
    ? []
    : [`${path}: "${bad}" says nothing. Name it for what it holds, and put it beside what uses it.`];
}

function lengthFaults({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split('\n').length;
  if (!(isCode(path) || path.endsWith('.css')) || lines <= LONGEST) return [];
  return [`${path} has ${lines} lines; past ${LONGEST} it is two files. Look for its second topic.`];
}

function placeFaults({ path, text }: SourceFile): string[] {
  const place =
    MACHINE_PLACES.exec(text) ??
    (CONTAINER_TEXTS.includes(roomOf(path)) ? null : TEMPORARY_PLACES.exec(text));
  if (place === null) return [];
  const line = text.slice(0, place.index).split('\n').length;
  return [
    `${path}:${line} names ${place[0].trim()}, a place on one machine. Take a path from an argument or from os.tmpdir().`,
  ];
}

function evasionFaults({ path }: SourceFile, parsed: ParsedSource | undefined): string[] {
  return (parsed?.evasions ?? []).map(
    ({ line, what }) =>
      `${path}:${line} holds ${what}, which hides what the compiler knows. Parse it at the border, or narrow it.`,
  );
}

const LONGEST = 300;
const BANNED_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'index'];
const MACHINE_PLACES = /(?<![\w.~-])\/(?:work|Users)\/[\w.]+/;
const TEMPORARY_PLACES = /(?<![\w.~-])\/tmp\/(?!\*)[\w.]+/;
/** Rooms whose texts are about places in a container. */
const CONTAINER_TEXTS = ['fixtures', 'steps'];
