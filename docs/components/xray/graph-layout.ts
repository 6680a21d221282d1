import { round } from './svg.ts';

export interface GraphNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Room for words on the edge. */
  readonly label?: { readonly width: number; readonly height: number };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Upper left corners, by id. */
  readonly places: ReadonlyMap<string, Point>;
  /** In the order of the edges. */
  readonly ways: readonly { readonly points: readonly Point[]; readonly label: Point | null }[];
}

/**
 * Places nodes so that edges run in one direction and cross little. Parts that hang together are laid out one by one and
 * set beside each other within `width`; of the two directions the one is taken that needs less room.
 */
export async function layoutGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  width: number,
): Promise<GraphLayout> {
  const { Graph, layout } = await import('@dagrejs/dagre');

  // Names are the learner's, and `__proto__` is one too: inside they are numbers.
  const keys = new Map(nodes.map(({ id }, index) => [id, String(index)]));
  const keyOf = (id: string) => keys.get(id) ?? '';
  const laidOut = (part: Part, direction: 'LR' | 'TB') => {
    const graph = new Graph({ multigraph: true });
    graph.setGraph({ rankdir: direction, nodesep: 20, ranksep: direction === 'LR' ? 30 : 32, edgesep: 14 });
    for (const { id, width, height } of part.nodes) graph.setNode(keyOf(id), { width, height });
    for (const { index, edge } of part.edges)
      graph.setEdge(
        keyOf(edge.from),
        keyOf(edge.to),
        edge.label === undefined ? {} : { ...edge.label, labelpos: 'c' },
        String(index),
      );
    layout(graph);
    const size = graph.graph();
    return { part, graph, width: size.width ?? 0, height: size.height ?? 0 };
  };
  const blocks = partsOf(nodes, edges).map((part) => {
    const across = laidOut(part, 'LR');
    if (part.nodes.length > MOST_TRIED_TWICE || (across.width <= width && across.height <= COMFORTABLE))
      return across;
    const down = laidOut(part, 'TB');
    return roomOf(down, width) < roomOf(across, width) ? down : across;
  });

  const places = new Map<string, Point>();
  const ways = new Map<number, GraphLayout['ways'][number]>();
  const shelves = packed(blocks, width);
  for (const { block, x, y } of shelves.blocks) {
    const at = (point: Point) => ({ x: round(point.x + x), y: round(point.y + y) });
    for (const { id, width, height } of block.part.nodes) {
      const { x: middle = 0, y: centre = 0 } = block.graph.node(keyOf(id)) as Partial<Point>;
      places.set(id, at({ x: middle - width / 2, y: centre - height / 2 }));
    }
    for (const { index, edge } of block.part.edges) {
      const way = block.graph.edge(keyOf(edge.from), keyOf(edge.to), String(index)) as {
        points?: Point[];
      } & Partial<Point>;
      const label = way.x === undefined || way.y === undefined ? null : at({ x: way.x, y: way.y });
      ways.set(index, { points: (way.points ?? []).map(at), label });
    }
  }
  return {
    width: shelves.width,
    height: shelves.height,
    places,
    ways: edges.map((_, index) => ways.get(index) ?? { points: [], label: null }),
  };
}

interface Part {
  readonly nodes: GraphNode[];
  readonly edges: { readonly index: number; readonly edge: GraphEdge }[];
}

/** What hangs together, the largest part first. */
function partsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Part[] {
  const rootOf = new Map(nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let root = id;
    for (let up = rootOf.get(root); up !== undefined && up !== root; up = rootOf.get(root)) root = up;
    return root;
  };
  for (const { from, to } of edges) rootOf.set(find(from), find(to));
  const parts = new Map<string, Part>();
  for (const node of nodes) {
    const part = parts.get(find(node.id)) ?? { nodes: [], edges: [] };
    part.nodes.push(node);
    parts.set(find(node.id), part);
  }
  for (const [index, edge] of edges.entries()) parts.get(find(edge.from))?.edges.push({ index, edge });
  return [...parts.values()].sort((a, b) => b.nodes.length - a.nodes.length);
}

/** Side by side on shelves from the top, as books are. */
function packed<Block extends { readonly width: number; readonly height: number }>(
  blocks: readonly Block[],
  width: number,
) {
  const placed: { block: Block; x: number; y: number }[] = [];
  let [x, y, shelf, widest] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > width) [x, y, shelf] = [0, y + shelf + GAP, 0];
    placed.push({ block, x, y });
    x += block.width + GAP;
    shelf = Math.max(shelf, block.height);
    widest = Math.max(widest, x - GAP);
  }
  return { blocks: placed, width: widest, height: y + shelf };
}

/** What is wider than the page counts twice: it would have to be scrolled. */
const roomOf = (block: { readonly width: number; readonly height: number }, width: number) =>
  Math.max(block.width, width) * block.height + Math.max(0, block.width - width) * 2 * block.height;

const GAP = 26;
const MOST_TRIED_TWICE = 16;
/** Seen without scrolling on most screens. */
const COMFORTABLE = 420;
