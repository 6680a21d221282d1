import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { askEngine, engineVersion, type Limits, removeForSure } from './docker.ts';
import { engineFailed, engineLost } from './engine-errors.ts';
import { openSavedImage, type SavedImage } from './saved-image.ts';

export interface BuildOrder {
  /** The build context: a copy that may be searched and thrown away. */
  readonly folder: string;
  /** Its path on this computer. */
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

/**
 * Builds with BuildKit and without cache, and saves the image. Throws what is no answer about the Dockerfile:
 * `ENGINE_SILENT`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED` and `INTERRUPTED`; no image is left then.
 */
export async function buildForReal(order: BuildOrder, limits: Limits): Promise<RealBuild> {
  const network = process.env['SECOND_OPINION_BUILD_NETWORK'];
  const args = [
    ...['build', '--no-cache', '--progress=plain', '-t', order.tag, '-f', order.dockerfile],
    ...(network === undefined ? [] : ['--network', network]),
    ...(order.target === undefined ? [] : ['--target', order.target]),
    ...Object.entries(order.buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...[...order.secrets].flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]),
    order.folder,
  ];
  const file = join(order.scratch, `${order.tag.replace(/\W/g, '-')}.tar`);
  const removeImage = async () => {
    await rm(file, { force: true });
    await removeForSure(['image', 'rm', '-f', order.tag]);
  };
  try {
    const { code, output } = await askEngine(args, limits);
    const log = output
      .split('\n')
      .filter((line) => /^#\d+ \d+\.\d+ /.test(line))
      .join('\n');
    if (code !== 0 && (await engineVersion()) === null) throw engineLost('docker build');
    if (code !== 0) return { built: false, output, log };
    await succeed(['save', '-o', file, order.tag], limits);
    const size = await succeed(['image', 'inspect', '-f', '{{.Size}}', order.tag], limits);
    const image = await openSavedImage(file);
    const remove = () => image.close().finally(removeImage);
    return { built: true, output, log, image, bytes: Number(size.trim()), remove };
  } catch (error) {
    // A client that was stopped may have been about to end: then there is an image.
    await removeImage();
    throw error;
  }
}

/** What it printed. Throws `ENGINE_FAILED` when the engine could not, for example on a full disk. */
async function succeed(args: readonly string[], limits: Limits): Promise<string> {
  const { code, output } = await askEngine(args, limits);
  if (code !== 0) throw engineFailed(`docker ${args[0] ?? ''}`, output);
  return output;
}

/** How many of the lowest layers belong to the base image; 0 for `scratch` and for an image that is not there. */
export async function baseLayers(image: string, limits: Limits): Promise<number> {
  if (image === 'scratch') return 0;
  const { code, output } = await askEngine(
    ['image', 'inspect', '-f', '{{len .RootFS.Layers}}', image],
    limits,
  );
  return code === 0 ? Number(output.trim()) : 0;
}
