import { posix } from 'node:path';
import type { FileNode } from '../image/file-node.ts';
import { isRoot, type Layer, type Stage } from '../image/stage.ts';
import { createTar, type TarItem } from './tar.ts';

/** One layer as the archive that an image holds. What tools would make is a line that says so. */
export function layerTar(layer: Layer, stage: Stage): Buffer {
  const folders = [...layer.folders].map(([path, owner]): TarItem => ({
    path: `${path.slice(1)}/`,
    mode: 0o755,
    owner: ownerNumber(stage, owner),
  }));
  const files = [...layer.files].map(([path, node]): TarItem => ({
    path: path.slice(1),
    bytes: node.bytes ?? placeholder(node),
    mode: node.mode,
    owner: ownerNumber(stage, node.owner),
  }));
  const hidden = [...layer.hidden].map((path): TarItem => ({
    path: posix.join(posix.dirname(path), `.wh.${posix.basename(path)}`).slice(1),
    mode: 0,
    owner: 0,
  }));
  return createTar([...folders, ...files, ...hidden].sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** In place of the layers of the base image, which is not on this machine. */
export function baseTar(stage: Stage): Buffer {
  const users = [...(stage.base.users ?? [['root', '0']])]
    .map(([name, number]) => `${name}:x:${number}:${number}::/:/bin/sh\n`)
    .join('');
  const note = `Stand-in for the layers of ${stage.from}. The workshop has no copy of that image.\n`;
  return createTar([
    { path: 'etc/', mode: 0o755, owner: 0 },
    { path: 'etc/BASE-IMAGE.txt', bytes: Buffer.from(note), mode: 0o644, owner: 0 },
    { path: 'etc/passwd', bytes: Buffer.from(users), mode: 0o644, owner: 0 },
  ]);
}

function placeholder({ trace, origin }: FileNode): Buffer {
  const maker = origin.kind === 'tool' ? origin.tool : 'the base image';
  const held = trace.size === 0 ? '' : ` It would hold ${[...trace.keys()].join(', ')}.`;
  return Buffer.from(`[made by ${maker}; the workshop does not run it.${held}]\n`);
}

function ownerNumber(stage: Stage, owner: string): number {
  const [name = ''] = owner.split(':');
  if (isRoot(name)) return 0;
  const number = /^\d+$/.test(name) ? name : stage.users?.get(name);
  return number !== undefined && /^\d+$/.test(number) ? Number(number) : 1000;
}
