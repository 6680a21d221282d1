import type { ImageModel } from '../../harness/layers/build/build-image.ts';
import type { Leak } from '../../harness/layers/leaks.ts';
import type { ImageLayout } from '../../harness/layers/oci/image-layout.ts';
import type { Paint } from './paint.ts';

interface Shown {
  readonly file: string;
  readonly model: ImageModel;
  readonly layout: ImageLayout;
  readonly leaks: readonly Leak[];
  /** Where it was written, from the workshop's root. */
  readonly folder: string;
}

/** The layers with the archive of each, and the commands that look into them. */
export function renderImage({ file, model, layout, leaks, folder }: Shown, paint: Paint): string {
  const filled = model.layers.filter((layer) => !layer.empty);
  const rows = filled.map((layer, index) => {
    const held = leaks.filter((leak) => leak.layer === index);
    const names = [...new Set(held.map(({ secret }) => secret))].join(', ');
    const warning = names === '' ? '' : `\n          ${paint.red(`holds ${names}`)}`;
    return `  line ${String(layer.line).padStart(3)}  ${cut(layer.createdBy)}\n          ${paint.dim(`${folder}/${layout.layers[index] ?? ''}`)}${warning}`;
  });
  return [
    `The image of ${file}, written without Docker: ${filled.length} layers upon the base image.\n`,
    ...rows,
    '',
    `Configuration and history: ${folder}/${layout.config}`,
    `Look into a layer:         tar -tf ${folder}/blobs/sha256/…`,
    `Read a file of it:         tar -xOf ${folder}/blobs/sha256/… app/package.json`,
    `With Docker:               docker load -i ${folder}.tar`,
    paint.dim(STAND_INS),
  ].join('\n');
}

const cut = (text: string) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
};

const STAND_INS =
  'Your own files are real. The layers of the base image, and what programs such as npm would make, are stand-ins that say so.';
