import { createHash } from 'node:crypto';
import type { ImageModel } from '../build/build-image.ts';
import { lineageOf, type Stage, type StartCommand } from '../image/stage.ts';
import { baseTar, layerTar } from './layer-tar.ts';

/** An OCI image layout, which is a docker archive as well: files by their path in it. */
export interface ImageLayout {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Path of each layer's archive, in the order of the Dockerfile, the base image's apart. */
  readonly layers: readonly string[];
  /** Path of the configuration, with history, environment and labels. */
  readonly config: string;
}

/** Writes the model's image. Layers are not compressed, so that `tar` and `grep` read them. Throws when there is no final stage. */
export function createImageLayout(model: ImageModel, name: string): ImageLayout {
  const { final } = model;
  if (final === null) throw new Error('a build without a final stage has no image');
  const files = new Map<string, Buffer>();
  const put = (bytes: Buffer, mediaType: string) => {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const path = `blobs/sha256/${digest}`;
    files.set(path, bytes);
    return { path, mediaType, digest: `sha256:${digest}`, size: bytes.length };
  };
  const [bottom = final] = lineageOf(final);
  const filled = model.layers.filter((layer) => !layer.empty);
  const base = bottom.from === 'scratch' ? [] : [put(baseTar(bottom), LAYER)];
  const own = filled.map((layer) => put(layerTar(layer, final), LAYER));
  const layers = [...base, ...own];
  const config = put(
    json(
      configOf(
        model,
        final,
        bottom,
        layers.map(({ digest }) => digest),
      ),
    ),
    CONFIG,
  );
  const manifest = put(
    json({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: descriptor(config),
      layers: layers.map(descriptor),
    }),
    MANIFEST,
  );
  const [, tag = 'latest'] = name.split(':');
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${name}`,
    'org.opencontainers.image.ref.name': tag,
  };
  files.set('oci-layout', json({ imageLayoutVersion: '1.0.0' }));
  files.set(
    'index.json',
    json({ schemaVersion: 2, mediaType: INDEX, manifests: [{ ...descriptor(manifest), annotations }] }),
  );
  files.set(
    'manifest.json',
    json([{ Config: config.path, RepoTags: [name], Layers: layers.map(({ path }) => path) }]),
  );
  return { files, layers: own.map(({ path }) => path), config: config.path };
}

function configOf(model: ImageModel, final: Stage, bottom: Stage, diffIds: readonly string[]): unknown {
  const history = model.layers.map((layer) => ({
    created: CREATED,
    created_by: layer.createdBy,
    comment: `line ${layer.line}`,
    ...(layer.empty ? { empty_layer: true } : {}),
  }));
  const ground =
    bottom.from === 'scratch'
      ? []
      : [{ created: CREATED, created_by: `FROM ${bottom.from}`, comment: 'stand-in' }];
  const port = (each: string) => [each.includes('/') ? each : `${each}/tcp`, {}] as const;
  return {
    architecture: 'amd64',
    os: 'linux',
    created: CREATED,
    config: {
      ...(final.user === '' ? {} : { User: final.user }),
      WorkingDir: final.workdir,
      Env: [...final.environment].map((pair) => pair.join('=')),
      Cmd: wordsOf(final.command, final),
      Entrypoint: wordsOf(final.entrypoint, final),
      Labels: Object.fromEntries(final.labels),
      ExposedPorts: Object.fromEntries([...final.exposed].map(port)),
    },
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: [...ground, ...history],
  };
}

const wordsOf = (command: StartCommand | null, { shell }: Stage) =>
  command === null ? undefined : command.form === 'exec' ? command.words : [...shell, ...command.words];

const descriptor = ({ mediaType, digest, size }: { mediaType: string; digest: string; size: number }) => ({
  mediaType,
  digest,
  size,
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** Fixed, so that the same Dockerfile gives the same digests. */
const CREATED = '2000-01-01T00:00:00Z';
const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
