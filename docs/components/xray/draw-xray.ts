import type { Evidence } from '../../../model/evidence.ts';
import { type DrawingName, KIND_OF_DRAWING } from '../../../model/xray.ts';
import { callMap } from './call-map.ts';
import { commentOverlay } from './comment-overlay.ts';
import { dependencyTree } from './dependency-tree.ts';
import { entityRelationship } from './entity-relationship.ts';
import { litStatement } from './lit-statement.ts';
import { nestingMountain } from './nesting-mountain.ts';
import type { Draw, Picture } from './picture.ts';
import { queryWaterfall } from './query-waterfall.ts';
import { secretLayers } from './secret-layers.ts';
import { styleStrip } from './style-strip.ts';
import { wastedLayers } from './wasted-layers.ts';

/**
 * One side of an X-ray. `both` is its evidence and the other side's: the scales are taken from all of it. Evidence of
 * other kinds than the drawing's is left out.
 */
export async function drawXray(
  drawing: DrawingName,
  own: readonly Evidence[],
  both: readonly Evidence[],
  id: string,
): Promise<Picture> {
  const draw = DRAWINGS[drawing] as Draw<Evidence>;
  const fits = ({ kind }: Evidence) => kind === KIND_OF_DRAWING[drawing];
  return draw(own.filter(fits), both.filter(fits), id);
}

type EvidenceOf<Name extends DrawingName> = Extract<Evidence, { kind: (typeof KIND_OF_DRAWING)[Name] }>;

const DRAWINGS: { readonly [Name in DrawingName]: Draw<EvidenceOf<Name>> } = {
  'entity-relationship': entityRelationship,
  'dependency-tree': dependencyTree,
  'style-strip': styleStrip,
  'comment-overlay': commentOverlay,
  'nesting-mountain': nestingMountain,
  'query-waterfall': queryWaterfall,
  'lit-statement': litStatement,
  'wasted-layers': wastedLayers,
  'call-map': callMap,
  'secret-layers': secretLayers,
};
