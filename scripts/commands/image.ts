import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { findLeaks } from '../../harness/layers/leaks.ts';
import { judgeBuilds } from '../../harness/layers/judged-builds.ts';
import { createImageLayout, type ImageLayout } from '../../harness/layers/oci/image-layout.ts';
import { createTar } from '../../harness/layers/oci/tar.ts';
import { createSources } from '../../harness/sources.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { parseCommandLine } from '../command-line.ts';
import { renderImage } from '../terminal/render-image.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Writes the image that the learner's Dockerfile describes, as an OCI image layout and as an archive. Needs no Docker. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const app = options.app === undefined ? join(root, 'app') : resolve(options.app);
  const { builds } = judgeBuilds(createSources(app), null, { probes: {}, shipped: new Map() });
  const [build] = builds;
  if (build === undefined) throw noDockerfile(app);
  const { model, file } = build;
  const broken = model.events.find((event) => event.kind === 'build-error');
  if (model.final === null || broken !== undefined) throw doesNotBuild(file, broken?.line ?? 1, broken);
  const layout = createImageLayout(model, NAME);
  const folder = join(root, '.workshop', 'image');
  await writeLayout(folder, layout);
  terminal.out(
    renderImage({ file, model, layout, leaks: findLeaks(model), folder: '.workshop/image' }, terminal.paint),
  );
  return 0;
}

async function writeLayout(folder: string, { files }: ImageLayout): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const items = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(
    `${folder}.tar`,
    createTar(items.map(([path, bytes]) => ({ path, bytes, mode: 0o644, owner: 0 }))),
  );
}

const noDockerfile = (app: string) =>
  new WorkshopError('DOCKERFILE_MISSING', `There is no Dockerfile in ${app}.`, {
    remedy: 'Bring it back with `npm run reset 8`.',
  });

const doesNotBuild = (file: string, line: number, event?: { readonly message?: string }) =>
  new WorkshopError(
    'DOCKERFILE_BROKEN',
    `${file} does not build (line ${line}): ${event?.message ?? 'it has no stage'}`,
    {
      remedy: 'Mend that line, then run `npm run image` again.',
    },
  );

const NAME = 'clinic:latest';
const USAGE = `Type it like this: npm run image [-- options]
  --app DIR   another copy of app/
Writes .workshop/image (an OCI image layout) and .workshop/image.tar (for docker load).`;
const GRAMMAR = { usage: USAGE, options: { app: 'text' }, words: { least: 0, most: 0 } } as const;
