import type { Evidence } from '../../model/evidence.ts';
import type { ImageModel } from './build/build-image.ts';
import type { Leak } from './leaks.ts';
import type { FileNode } from './image/file-node.ts';
import { baseImageBytes } from './size-table.ts';

type LayersEvidence = Extract<Evidence, { kind: 'layers' }>;

interface Shown {
  /** Is this file of no use to the running clinic? What a later layer hides or writes again always counts as waste. */
  isWaste(path: string, node: FileNode): boolean;
  readonly leaks: readonly Leak[];
  /** The command that reads a leak. */
  command(leak: Leak): string;
}

/** The image as a stack of layers. Sizes are exact for files of the learner's and estimates for what tools make. */
export function layersEvidence(model: ImageModel, shown: Shown): LayersEvidence {
  const filled = model.layers.filter((layer) => !layer.empty);
  const base = model.final?.base;
  const ground = {
    instruction: `FROM ${model.final === null ? '' : bottom(model.final).from}`,
    line: model.final === null ? 1 : bottom(model.final).line,
    bytes: base === undefined ? 0 : (baseImageBytes(base.name, base.tag) ?? 0),
    wasted: 0,
    exact: false,
    leaks: [],
  };
  const rows = filled.map((layer, index) => {
    const later = filled.slice(index + 1);
    const files = [...layer.files];
    const wasted = files.filter(
      ([path, node]) =>
        shown.isWaste(path, node) ||
        later.some(({ hidden, files: newer }) => hidden.has(path) || newer.has(path)),
    );
    return {
      instruction: layer.createdBy.slice(0, 300),
      line: layer.line,
      bytes: sum(files),
      wasted: sum(wasted),
      exact: files.every(([, { bytes }]) => bytes !== null),
      leaks: leaksIn(shown, (leak) => leak.layer === index),
    };
  });
  const elsewhere = shown.leaks
    .filter(({ layer }) => layer === null)
    .map((leak) => ({
      instruction: `${leak.where === 'output' ? 'what the build prints' : leak.where === 'config' ? "the image's configuration" : "the image's history"}`,
      line: leak.line,
      bytes: 0,
      wasted: 0,
      exact: true,
      leaks: leaksIn(shown, (each) => each === leak),
    }));
  return { kind: 'layers', layers: [ground, ...rows, ...elsewhere] };
}

/** About how large the image is on disk, in bytes; `null` when its base is not in the table. */
export function estimateBytes(model: ImageModel): number | null {
  const { base } = model.final ?? {};
  const ground = base === undefined ? null : baseImageBytes(base.name, base.tag);
  return ground === null ? null : model.layers.reduce((total, { files }) => total + sum([...files]), ground);
}

const leaksIn = ({ leaks, command }: Shown, wanted: (leak: Leak) => boolean) =>
  leaks.filter(wanted).map((leak) => ({ path: leak.place, what: leak.secret, command: command(leak) }));

const sum = (files: readonly (readonly [string, FileNode])[]) =>
  files.reduce((total, [, { size }]) => total + size, 0);

const bottom = (stage: NonNullable<ImageModel['final']>): NonNullable<ImageModel['final']> =>
  stage.parent === null ? stage : bottom(stage.parent);
