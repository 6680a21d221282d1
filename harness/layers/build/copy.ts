import { posix } from 'node:path';
import { createIgnoreRules } from '../ignore.ts';
import type { Instruction } from '../dockerfile/parse.ts';
import { unquote } from '../dockerfile/words.ts';
import { readBaseImage } from '../image/base-image.ts';
import type { FileNode } from '../image/file-node.ts';
import { addLayer, type Layer, makeFolders, putFile, resolvePath, type Stage } from '../image/stage.ts';
import { readTar } from '../oci/read-tar.ts';
import { NO_TRACE } from '../trace.ts';
import type { Build } from './build.ts';
import { contextNode } from './context-node.ts';
import { findSources, type Pool, type Source } from './sources.ts';

/** COPY and ADD: from the context, from another stage, from an image, from a heredoc. */
export function copyInstruction(
  build: Build,
  stage: Stage,
  instruction: Instruction,
  expand: (text: string) => string,
): void {
  const { keyword, line, text, json, heredocs, flags } = instruction;
  const fail = (message: string) => void stage.events.push({ kind: 'build-error', line, message });
  const flag = (name: string) => flags.find((each) => each.name === name)?.value;
  // Quotes do not keep a source with a space together: only the JSON form does.
  const words = (json ?? text.split(/\s+/)).map((word) =>
    json === null ? unquote(expand(word)) : expand(word),
  );
  const named = words.filter((word) => !/^<<-?['"]?\w/.test(word));
  const target = named.pop();
  if (target === undefined || named.length + heredocs.length === 0)
    return fail(`${keyword} ${text} needs a source and a target.`);

  const layer = addLayer(
    stage,
    line,
    keyword,
    `${keyword} ${shownFlags(instruction)}${[...named, target].join(' ')}`,
    false,
  );
  const folder = resolvePath(stage.workdir, target);
  const many = named.length + heredocs.length > 1;
  const intoFolder = many || /(^|\/)\.{0,2}$/.test(target) || stage.folders.has(folder);
  const owner = ownerOf(expand(flag('chown') ?? ''));
  const mode = /^[0-7]{3,4}$/.test(flag('chmod') ?? '') ? Number.parseInt(flag('chmod') ?? '', 8) : null;
  const place = (node: FileNode, path: string) =>
    putFile(stage, layer, path, { ...node, owner: owner ?? node.owner, mode: mode ?? node.mode });

  for (const heredoc of heredocs) {
    const bytes = Buffer.from(heredoc.expands ? expand(heredoc.body) : heredoc.body);
    place(textNode(build, bytes), intoFolder ? resolvePath(folder, heredoc.name) : folder);
  }
  const from = flag('from') === undefined ? null : expand(flag('from') ?? '');
  const excluded = createIgnoreRules(
    flags.filter((each) => each.name === 'exclude').map((each) => expand(each.value)),
  );
  const pool = poolFor(build, stage, from, fail);
  if (pool === null) return;
  const blurred = pool.stage?.blurred ?? null;
  for (const word of named) {
    if (keyword === 'ADD' && from === null && REMOTE.test(word)) {
      layer.files.set(resolvePath(folder, posix.basename(word)), downloaded(word));
      stage.files.set(resolvePath(folder, posix.basename(word)), downloaded(word));
      stage.blurred ??= { line, what: `ADD ${word}` };
      continue;
    }
    const found = findSources(pool, word, flag('parents') !== undefined);
    if (found === null) {
      if (from !== null && blurred !== null) copyUnknown(stage, layer, folder, word, intoFolder, blurred);
      else if (from !== null && pool.stage === null)
        copyUnknown(stage, layer, folder, word, intoFolder, { line, what: `the image ${from}` });
      else fail(notFound(build, keyword, word, from));
      continue;
    }
    if (found.emptyFolder)
      makeFolders(
        stage,
        layer,
        intoFolder && posix.basename(word) !== '.' ? folder : folder,
        owner ?? 'root',
      );
    if (from !== null && pool.stage === null && !found.isFile)
      stage.blurred ??= { line, what: `files of the image ${from}` };
    if (blurred !== null && !found.isFile) stage.blurred ??= { line, what: `files of ${blurred.what}` };
    for (const source of found.sources) {
      if (excluded.ignores(source.below || posix.basename(source.path))) continue;
      if (keyword === 'ADD' && from === null && ARCHIVE.test(source.path)) {
        unpack(build, stage, layer, folder, source, line);
        continue;
      }
      const single =
        found.isFile && !intoFolder && found.sources.length === 1 && flag('parents') === undefined;
      const path = single ? folder : resolvePath(folder, source.below);
      place(from === null ? source.node() : { ...source.node(), owner: 'root' }, path);
    }
  }
}

function poolFor(
  build: Build,
  stage: Stage,
  from: string | null,
  fail: (message: string) => void,
): Pool | null {
  if (from === null)
    return {
      stage: null,
      paths: [...build.sent.keys()],
      folders: new Set(),
      node: (path) => contextNode(build, path),
    };
  const other = build.findStage(from, stage);
  if (other === null) {
    if (stage.name !== '' && stage.name.toLowerCase() === from.toLowerCase()) {
      fail(`COPY --from=${from} names its own stage.`);
      return null;
    }
    if (!/[/:.]/.test(from) && !KNOWN_IMAGES.has(from)) {
      fail(`There is no stage "${from}", so Docker would look for an image of that name.`);
      return null;
    }
    // Of a known image at least its programs are known; the rest is not.
    const { files } = readBaseImage(from);
    const paths = files.map((path) => path.slice(1));
    return { stage: null, paths, folders: new Set(), node: () => unknownNode(from) };
  }
  stage.needs.add(other);
  return {
    stage: other,
    paths: [...other.files.keys()].map((path) => path.slice(1)),
    folders: new Set([...other.folders.keys()].map((path) => path.slice(1))),
    node: (path) => other.files.get(`/${path}`) ?? unknownNode(from),
  };
}

function copyUnknown(
  stage: Stage,
  layer: Layer,
  folder: string,
  word: string,
  intoFolder: boolean,
  blur: NonNullable<Stage['blurred']>,
): void {
  const path = intoFolder ? resolvePath(folder, posix.basename(word)) : folder;
  putFile(stage, layer, path, unknownNode(blur.what));
  // A node binary out of a Node image is what it is; everything else may be a folder of anything.
  if (!/\/bin\/node$/.test(word)) stage.blurred ??= blur;
}

function unpack(
  build: Build,
  stage: Stage,
  layer: Layer,
  folder: string,
  source: Source,
  line: number,
): void {
  const node = source.node();
  const inside = node.bytes === null ? null : readTar(node.bytes);
  if (inside === null) {
    stage.blurred ??= { line, what: `ADD ${source.path}` };
    stage.events.push({
      kind: 'not-followed',
      line,
      what: `ADD unpacks ${source.path}`,
      secrets: build.input.secrets.names,
    });
    return;
  }
  for (const entry of inside)
    putFile(stage, layer, resolvePath(folder, entry.path), {
      ...node,
      bytes: entry.bytes,
      size: entry.bytes.length,
      trace: build.input.secrets.find(entry.bytes),
      mode: entry.mode,
    });
}

function notFound(build: Build, keyword: string, word: string, from: string | null): string {
  const path = resolvePath('/', word).slice(1);
  if (from !== null) return `${keyword} --from=${from} ${word}: there is no such file in that stage.`;
  const ignored = [...build.input.context.keys()].some(
    (each) => each === path || each.startsWith(`${path}/`),
  );
  return ignored
    ? `${keyword} ${word}: it is in your folder, but .dockerignore keeps it out of the build context.`
    : `${keyword} ${word}: there is no such file in the build context.`;
}

const textNode = (build: Build, bytes: Buffer): FileNode => ({
  bytes,
  size: bytes.length,
  trace: build.input.secrets.find(bytes),
  origin: { kind: 'text' },
  owner: 'root',
  mode: 0o644,
});

const unknownNode = (image: string): FileNode => ({
  bytes: null,
  size: 0,
  trace: NO_TRACE,
  origin: { kind: 'base', image },
  owner: 'root',
  mode: 0o755,
});

const downloaded = (url: string): FileNode => ({
  ...unknownNode(url),
  origin: { kind: 'tool', tool: `ADD ${url}` },
});

const ownerOf = (chown: string) => (chown === '' ? null : (chown.split(':')[0] ?? null));

const shownFlags = ({ flags }: Instruction) =>
  flags
    .filter(({ name }) => name !== 'link')
    .map(({ name, value }) => `--${name}=${value} `)
    .join('');

const REMOTE = /^(https?:\/\/|git@|git:\/\/)/;
const ARCHIVE = /\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz|zst))$/;
const KNOWN_IMAGES = new Set(['node', 'alpine', 'debian', 'ubuntu', 'busybox', 'scratch']);
