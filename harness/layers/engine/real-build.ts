import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { docker, type Limits } from './docker.ts';
import { openSavedImage, type SavedImage } from './saved-image.ts';

export interface BuildOrder {
  /** The build context: a copy that may be searched and thrown away. */
  readonly folder: string;
  readonly dockerfile: string;
  readonly tag: string;
  readonly target?: string | undefined;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** File of each secret by its id. */
  readonly secrets: ReadonlyMap<string, string>;
  /** A folder for what `docker save` writes. */
  readonly scratch: string;
}

export type RealBuild =
  | { readonly built: false; readonly output: string; readonly log: string }
  /** `log`: what the RUN instructions printed, without the text of the Dockerfile that the builder repeats. */
  | {
      readonly built: true;
      readonly output: string;
      readonly log: string;
      readonly image: SavedImage;
      readonly bytes: number;
      remove(): Promise<void>;
    };

/** Builds with BuildKit and without cache, and saves the image. */
export async function buildForReal(order: BuildOrder, limits: Limits): Promise<RealBuild> {
  const network = process.env['SECOND_OPINION_BUILD_NETWORK'];
  const args = [
    ...[
      'build',
      '--no-cache',
      '--progress=plain',
      '-t',
      order.tag,
      '-f',
      join(order.folder, order.dockerfile),
    ],
    ...(network === undefined ? [] : ['--network', network]),
    ...(order.target === undefined ? [] : ['--target', order.target]),
    ...Object.entries(order.buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...[...order.secrets].flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]),
    order.folder,
  ];
  const { code, output } = await docker(args, limits);
  const log = output
    .split('\n')
    .filter((line) => /^#\d+ \d+\.\d+ /.test(line))
    .join('\n');
  if (code !== 0) return { built: false, output, log };
  const file = join(order.scratch, `${order.tag.replace(/\W/g, '-')}.tar`);
  const saved = await docker(['save', '-o', file, order.tag], limits);
  if (saved.code !== 0) return { built: false, output: saved.output, log };
  const image = await openSavedImage(file);
  const size = await docker(['image', 'inspect', '-f', '{{.Size}}', order.tag], limits);
  return {
    built: true,
    output,
    log,
    image,
    bytes: Number(size.output.trim()),
    async remove() {
      await image.close();
      await rm(file, { force: true });
      await docker(['image', 'rm', '-f', order.tag], { milliseconds: 60_000 });
    },
  };
}

/** How many of the lowest layers belong to the base image; 0 for `scratch` and for an image that is not there. */
export async function baseLayers(image: string, limits: Limits): Promise<number> {
  if (image === 'scratch') return 0;
  const { code, output } = await docker(['image', 'inspect', '-f', '{{len .RootFS.Layers}}', image], limits);
  return code === 0 ? Number(output.trim()) : 0;
}
