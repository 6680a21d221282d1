import { posix } from 'node:path';
import type { FileNode } from '../image/file-node.ts';
import { isRoot, makeFolders, pathsBelow, putFile, removePath, resolvePath } from '../image/stage.ts';
import { compileGlob } from '../build/sources.ts';
import { doubt } from '../trace.ts';
import type { Data, Machine } from './machine.ts';

/** The file at that path, as the running command sees it. */
export const see = (machine: Machine, path: string): FileNode | undefined =>
  machine.mounts.get(path) ?? machine.stage.files.get(path);

export const isFolder = (machine: Machine, path: string): boolean =>
  path === '/' ||
  machine.stage.folders.has(path) ||
  (see(machine, path) === undefined && seeBelow(machine, path).length > 0);

export const seeBelow = (machine: Machine, path: string): string[] => [
  ...new Set([...pathsBelow(machine.mounts.keys(), path), ...pathsBelow(machine.stage.files.keys(), path)]),
];

export const absolute = (machine: Machine, path: string): string => resolvePath(machine.folder, path);

/** Certainly not there: not in a part of the base image that is not here, and no unknown program ran before. */
export function isAbsent(machine: Machine, path: string): boolean {
  if (see(machine, path) !== undefined || isFolder(machine, path)) return false;
  return machine.stage.blurred === null && !OF_THE_BASE.test(path) && !isPassing(machine, path);
}

export function read(machine: Machine, path: string): Data | null {
  const node = see(machine, path);
  return node === undefined ? null : { bytes: node.bytes, trace: node.trace };
}

export interface Written {
  readonly data: Data;
  readonly tool: string;
  readonly sure: boolean;
  readonly keep?: FileNode;
  /** Estimated, when the bytes are not known. */
  readonly size?: number;
}

export function write(machine: Machine, path: string, written: Written): void {
  const { data, tool, sure, keep, size } = written;
  if (isPassing(machine, path)) return keepInMount(machine, path, written);
  putFile(machine.stage, machine.layer, path, {
    bytes: data.bytes,
    size: data.bytes?.length ?? keep?.size ?? size ?? 0,
    trace: sure ? data.trace : doubt(data.trace),
    origin: keep?.origin ?? { kind: 'tool', tool },
    owner: ownerName(machine),
    mode: keep?.mode ?? 0o644,
    ...(keep?.compiledFrom === undefined ? {} : { compiledFrom: keep.compiledFrom }),
    ...(keep?.bundled === undefined ? {} : { bundled: keep.bundled }),
  });
}

export function mark(machine: Machine, path: string, tool: string, size: number): void {
  write(machine, path, { data: { bytes: null, trace: new Map() }, tool, sure: true, size });
}

export function remove(machine: Machine, path: string, sure: boolean): number {
  for (const mount of pathsBelow(machine.mounts.keys(), path)) machine.mounts.delete(mount);
  if (sure) return removePath(machine.stage, machine.layer, path);
  const there = pathsBelow(machine.stage.files.keys(), path);
  for (const file of there) {
    const node = machine.stage.files.get(file);
    if (node === undefined) continue;
    machine.stage.files.set(file, { ...node, trace: doubt(node.trace) });
    if (machine.layer.files.has(file)) machine.layer.files.set(file, { ...node, trace: doubt(node.trace) });
  }
  return there.length;
}

export function makeFolder(machine: Machine, path: string): void {
  if (!isPassing(machine, path)) makeFolders(machine.stage, machine.layer, path, ownerName(machine));
}

/** Why the user of this RUN may not write there; `null` when they may, or when it is not known. */
export function writeRefusal(machine: Machine, path: string): string | null {
  const { user, stage } = machine;
  if (isRoot(user) || isPassing(machine, path) || /^\/(tmp|var\/tmp)(\/|$)/.test(path)) return null;
  let folder = path;
  while (folder !== '/' && !stage.folders.has(folder)) folder = posix.dirname(folder);
  if (folder.startsWith(homeOf(user))) return null;
  const owner = stage.folders.get(folder) ?? 'root';
  const same = owner === user || stage.users?.get(owner) === user || stage.users?.get(user) === owner;
  if (same || !isRoot(owner)) return null;
  return `the user ${user} may not write in ${folder}, which belongs to root`;
}

/** Paths that a pattern means; the word itself when it is no pattern or matches nothing. */
export function expandGlob(machine: Machine, word: string): string[] {
  const full = absolute(machine, word);
  const pattern = compileGlob(full);
  const hidden = posix.basename(full).startsWith('.');
  const found = new Set<string>();
  for (const file of [
    ...machine.mounts.keys(),
    ...machine.stage.files.keys(),
    ...machine.stage.folders.keys(),
  ]) {
    const parts = file.split('/');
    for (let length = 2; length <= parts.length; length += 1) {
      const head = parts.slice(0, length).join('/');
      if (pattern.test(head) && (hidden || !(parts[length - 1] ?? '').startsWith('.'))) found.add(head);
    }
  }
  return found.size === 0 ? [word] : [...found].sort();
}

export const homeOf = (user: string): string => (isRoot(user) ? '/root' : `/home/${user}`);

export function isPassing(machine: Machine, path: string): boolean {
  return (
    /^\/(dev|proc|sys)\//.test(path) ||
    machine.passing.some((folder) => path === folder || path.startsWith(`${folder}/`))
  );
}

/** Later commands of the same RUN see what was written into a mount; the layer does not. */
function keepInMount(machine: Machine, path: string, { data, tool, sure }: Written): void {
  if (/^\/dev\//.test(path)) return;
  machine.mounts.set(path, {
    bytes: data.bytes,
    size: 0,
    trace: sure ? data.trace : doubt(data.trace),
    origin: { kind: 'tool', tool },
    owner: ownerName(machine),
    mode: 0o644,
  });
}

const ownerName = (machine: Machine) => machine.user || 'root';

/** What base images hold is not known, apart from folders that are empty in all of them. */
const OF_THE_BASE =
  /^\/(usr|etc|bin|sbin|lib|lib64|var|opt|proc|sys|dev|root|home|nodejs|boot|busybox)(\/|$)|^\/(srv|tmp|mnt|media|run)$|^\/run\/(?!secrets(\/|$))/;
