import type { Ranges } from './manifest.ts';
import { type Edge, edgesOf, inOrder } from './edges.ts';
import { above, folderIn } from './lock.ts';
import { isIn, type Published, type Shelf } from './shelf.ts';

export interface InstallPlan {
  /** By folder: `node_modules/send/node_modules/ms`. */
  readonly placed: ReadonlyMap<string, Published>;
  /** What each folder asks for; the clinic's own folder is `''`. */
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  /** What is on no shelf, or has no place beside what is there already. */
  readonly refused: readonly { readonly edge: Edge; readonly because: 'unknown' | 'no-place' }[];
}

/**
 * Where npm would put what the clinic asks for: each package as far up as it fits, those nearest to the root first, the
 * names in their order.
 */
export function planInstall(
  asking: Parameters<typeof edgesOf>[1],
  shelf: Shelf,
  forced: Ranges,
): InstallPlan {
  const placed = new Map<string, Published>();
  const edges = new Map<string, readonly Edge[]>([['', edgesOf('', asking, {})]]);
  const refused: { edge: Edge; because: 'unknown' | 'no-place' }[] = [];
  const tree = createTree(placed, edges);
  const queue = [''];
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    for (const edge of edges.get(folder) ?? []) {
      if (edge.kind === 'optional-peer' || tree.isMet(edge)) continue;
      const chosen = shelf.newest(edge.name, edge.range);
      const place = chosen === null ? null : tree.placeFor(edge, chosen);
      if (chosen === null || place === null) {
        refused.push({ edge, because: chosen === null ? 'unknown' : 'no-place' });
        continue;
      }
      placed.set(place, chosen);
      edges.set(place, edgesOf(place, chosen.described, forced));
      queue.push(place);
      queue.sort((a, b) => depthOf(a) - depthOf(b) || inOrder(a, b));
    }
  }
  return { placed, edges, refused };
}

/** The folder in which Node finds what an edge asks for; `null` when there is none. */
export function foundBy(placed: ReadonlyMap<string, Published>, edge: Edge): string | null {
  for (let at: string | null = startOf(edge); at !== null; at = above(at)) {
    const folder = folderIn(at, edge.as);
    if (placed.has(folder)) return folder;
  }
  return null;
}

function createTree(
  placed: ReadonlyMap<string, Published>,
  edges: ReadonlyMap<string, readonly Edge[]>,
): { isMet(edge: Edge): boolean; placeFor(edge: Edge, chosen: Published): string | null } {
  const isMet = (edge: Edge) => {
    const folder = foundBy(placed, edge);
    const there = folder === null ? undefined : placed.get(folder);
    return there !== undefined && serves(there, edge);
  };

  /** Nobody below `folder` may lose what it finds further up. */
  function hidesNothing(folder: string, { as }: Edge, chosen: Published): boolean {
    for (const [from, own] of edges) {
      if (from !== folder && !from.startsWith(`${folder}/`)) continue;
      const other = own.find((one) => one.as === as);
      if (other === undefined || serves(chosen, other)) continue;
      const found = foundBy(placed, other);
      if (found !== null && !found.startsWith(`${folder}/`) && isMet(other)) return false;
    }
    return true;
  }

  function fits(folder: string, edge: Edge, chosen: Published): boolean {
    const own = edges.get(folder)?.find((one) => one.as === edge.as);
    if (own !== undefined && own !== edge && !serves(chosen, own)) return false;
    if (placed.has(folderIn(folder, edge.as))) return false;
    return folder === '' || folder === edge.from || hidesNothing(folder, edge, chosen);
  }

  return {
    isMet,
    placeFor(edge, chosen) {
      let highest: string | null = null;
      for (let at: string | null = startOf(edge); at !== null && fits(at, edge, chosen); at = above(at))
        highest = at;
      return highest === null ? null : folderIn(highest, edge.as);
    },
  };
}

/** A peer stands beside who asks for it, never inside. */
function startOf({ from, kind }: Edge): string {
  return (kind === 'peer' || kind === 'optional-peer' ? above(from) : null) ?? from;
}

const serves = ({ name, version }: Published, edge: Edge) => name === edge.name && isIn(version, edge.range);
const depthOf = (folder: string) => folder.split('node_modules/').length;
