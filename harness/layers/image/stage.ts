import { posix } from 'node:path';
import { type BaseImage, readBaseImage } from './base-image.ts';
import type { FileNode } from './file-node.ts';

/** What one instruction adds to an image. */
export interface Layer {
  readonly line: number;
  readonly keyword: string;
  /** As `docker history` shows it. */
  readonly createdBy: string;
  /** Only settings: no files, no layer of its own. */
  readonly empty: boolean;
  readonly files: Map<string, FileNode>;
  /** Folders made here, with their owner. */
  readonly folders: Map<string, string>;
  /** Paths of earlier layers that this one hides: their bytes stay in the image. */
  readonly hidden: Set<string>;
  /** The files before this layer. */
  readonly before: ReadonlyMap<string, FileNode>;
}

export interface StartCommand {
  readonly form: 'exec' | 'shell';
  /** One text in the shell form. */
  readonly words: readonly string[];
  readonly line: number;
}

export type BuildEvent =
  | { readonly kind: 'build-error'; readonly line: number; readonly message: string }
  | {
      readonly kind: 'printed';
      readonly line: number;
      readonly secret: string;
      readonly how: string;
      readonly certain: boolean;
    }
  /** Something ran that the model can't follow; `secrets` were within its reach. */
  | {
      readonly kind: 'not-followed';
      readonly line: number;
      readonly what: string;
      readonly secrets: readonly string[];
    };

/** A stage of the build while it is computed: the state after its last instruction so far. */
export interface Stage {
  readonly index: number;
  readonly name: string;
  readonly line: number;
  /** The image or the stage after FROM, its variables replaced. */
  readonly from: string;
  readonly parent: Stage | null;
  readonly base: BaseImage;
  readonly layers: Layer[];
  readonly files: Map<string, FileNode>;
  readonly folders: Map<string, string>;
  readonly environment: Map<string, string>;
  readonly arguments: Map<string, string>;
  readonly labels: Map<string, string>;
  /** Names in `/etc/passwd` with their number; `null` when they are not known. */
  users: Map<string, string> | null;
  readonly needs: Set<Stage>;
  readonly events: BuildEvent[];
  readonly exposed: Set<string>;
  /** ONBUILD: runs in builds of other images, which are not known. It is kept in the configuration. */
  readonly onBuild: { readonly line: number; readonly text: string }[];
  user: string;
  workdir: string;
  command: StartCommand | null;
  entrypoint: StartCommand | null;
  healthcheck: string | null;
  shell: readonly string[];
  /** Where the first program ran that may have written any file: what is absent since then is not certainly absent. */
  blurred: { readonly line: number; readonly what: string } | null;
}

export function createStage(
  index: number,
  name: string,
  line: number,
  from: string,
  parent: Stage | null,
): Stage {
  const base = parent?.base ?? readBaseImage(from);
  const files = new Map(parent?.files);
  const folders = new Map(parent?.folders);
  if (parent === null)
    for (const path of base.files) {
      files.set(path, baseFile(from));
      for (const folder of foldersAbove(path)) folders.set(folder, 'root');
    }
  return {
    index,
    name,
    line,
    from,
    parent,
    base,
    layers: [],
    files,
    folders,
    environment: new Map(parent?.environment ?? Object.entries(base.environment)),
    arguments: new Map(),
    labels: new Map(parent?.labels),
    users:
      parent === null
        ? base.users === null
          ? null
          : new Map(base.users)
        : parent.users && new Map(parent.users),
    needs: new Set(parent === null ? [] : [parent]),
    events: [],
    exposed: new Set(parent?.exposed),
    onBuild: [],
    user: parent?.user ?? base.user,
    workdir: parent?.workdir ?? base.workdir,
    command: parent?.command ?? baseCommand(base.command, line),
    entrypoint: parent?.entrypoint ?? baseCommand(base.entrypoint, line),
    healthcheck: parent?.healthcheck ?? null,
    shell: parent?.shell ?? ['/bin/sh', '-c'],
    blurred: parent?.blurred ?? null,
  };
}

export function addLayer(
  stage: Stage,
  line: number,
  keyword: string,
  createdBy: string,
  empty: boolean,
): Layer {
  const layer: Layer = {
    line,
    keyword,
    createdBy,
    empty,
    files: new Map(),
    folders: new Map(),
    hidden: new Set(),
    before: empty ? NOTHING : new Map(stage.files),
  };
  stage.layers.push(layer);
  return layer;
}

export function putFile(stage: Stage, layer: Layer, path: string, node: FileNode): void {
  makeFolders(stage, layer, posix.dirname(path), node.owner);
  stage.files.set(path, node);
  layer.files.set(path, node);
  layer.hidden.delete(path);
}

/** Removes a file or a whole folder; answers how many files went. */
export function removePath(stage: Stage, layer: Layer, path: string): number {
  const gone = pathsBelow(stage.files.keys(), path);
  for (const file of gone) {
    stage.files.delete(file);
    layer.files.delete(file);
    if (layer.before.has(file)) layer.hidden.add(file);
  }
  for (const folder of pathsBelow(stage.folders.keys(), path)) {
    stage.folders.delete(folder);
    layer.folders.delete(folder);
  }
  return gone.length;
}

export function makeFolders(stage: Stage, layer: Layer, path: string, owner: string): void {
  for (const folder of [...foldersAbove(path), path]) {
    if (folder === '/' || stage.folders.has(folder)) continue;
    stage.folders.set(folder, owner);
    layer.folders.set(folder, owner);
  }
}

/** All layers of the stage, those of the stages it stands on first. */
export const layersOf = (stage: Stage): Layer[] => [
  ...(stage.parent === null ? [] : layersOf(stage.parent)),
  ...stage.layers,
];

/** The stage and those it stands on (`FROM other-stage`), lowest first. */
export const lineageOf = (stage: Stage): Stage[] => [
  ...(stage.parent === null ? [] : lineageOf(stage.parent)),
  stage,
];

export const pathsBelow = (paths: Iterable<string>, path: string): string[] =>
  [...paths].filter((each) => each === path || each.startsWith(path === '/' ? '/' : `${path}/`));

export const isRoot = (user: string): boolean => /^(root|0|)(:|$)/.test(user);

/** `path` seen from `folder`, without a slash at its end. */
export function resolvePath(folder: string, path: string): string {
  const full = posix.normalize(path.startsWith('/') ? path : `${folder}/${path}`);
  return full.length > 1 ? full.replace(/\/$/, '') : full;
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

const baseFile = (image: string): FileNode => ({
  bytes: null,
  size: 0,
  trace: new Map(),
  origin: { kind: 'base', image },
  owner: 'root',
  mode: 0o755,
});

const baseCommand = (words: readonly string[] | null, line: number): StartCommand | null =>
  words === null ? null : { form: 'exec', words, line };

const NOTHING: ReadonlyMap<string, FileNode> = new Map();
