import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { modelImage, type ImageModel } from '../../../harness/layers/build/build-image.ts';
import { ignoreTextOf } from '../../../harness/layers/build/input.ts';
import { baseLayers, buildForReal } from '../../../harness/layers/engine/real-build.ts';
import { findLeaks } from '../../../harness/layers/leaks.ts';
import { createSecretValues, parseSecretLines } from '../../../harness/layers/secret-values.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'docker');

const texts = z.record(z.string(), z.string());
const caseSchema = z.object({
  dockerfile: z.string(),
  ignore: z.string().optional(),
  target: z.string().optional(),
  arguments: texts.default({}),
});
const casesSchema = z.object({ app: texts, cases: z.record(z.string(), caseSchema) });

/** What an image is, as far as a model and an engine can both know. */
const imageSchema = z.discriminatedUnion('built', [
  z.object({ built: z.literal(false) }),
  z.object({
    built: z.literal(true),
    /** Per layer with files: path to the first digits of its digest; and what it hides of earlier layers. */
    layers: z.array(z.object({ files: texts, hides: z.array(z.string()) })),
    user: z.string(),
    workdir: z.string(),
    environment: z.array(z.string()),
    command: z.array(z.string()).nullable(),
    entrypoint: z.array(z.string()).nullable(),
    labels: texts,
    history: z.array(z.string()),
    /** Names of secrets by where they can be read. */
    leaks: z.object({
      layer: z.array(z.string()),
      config: z.array(z.string()),
      history: z.array(z.string()),
      output: z.array(z.string()),
    }),
  }),
]);
const recordedSchema = z.object({
  about: z.string(),
  engine: z.string(),
  images: z.record(z.string(), imageSchema),
});

export type TruthCase = z.infer<typeof caseSchema>;
export type Image = z.infer<typeof imageSchema>;

const cases = casesSchema.parse(JSON.parse(readFileSync(join(FIXTURES, 'truth-cases.json'), 'utf8')));
export const RECORDED = join(FIXTURES, 'truth-answers.json');
export const truthCases = (): [string, TruthCase][] => Object.entries(cases.cases);
export const recordedImages = () => recordedSchema.parse(JSON.parse(readFileSync(RECORDED, 'utf8')));

export function modelledImage(each: TruthCase): Image {
  const model = modelOf(each);
  const { final } = model;
  if (final === null || model.events.some(({ kind }) => kind === 'build-error')) return { built: false };
  const leaks = findLeaks(model).filter(({ certain }) => certain);
  const names = (where: string) =>
    [...new Set(leaks.flatMap((leak) => (leak.where === where ? [leak.secret] : [])))].sort();
  const words = (start: typeof final.command) =>
    start === null ? null : start.form === 'exec' ? [...start.words] : [...final.shell, ...start.words];
  return {
    built: true,
    layers: model.layers.flatMap((layer) => {
      const files = [...layer.files]
        .filter(([path]) => OURS.test(path))
        .map(([path, { bytes }]) => [path, bytes === null ? '?' : digest(bytes)] as const);
      const hides = [...layer.hidden].filter((path) => OURS.test(path)).sort();
      return layer.empty || files.length + hides.length === 0
        ? []
        : [{ files: Object.fromEntries(files.sort()), hides }];
    }),
    user: final.user,
    workdir: final.workdir,
    environment: [...final.environment].map((pair) => pair.join('=')).filter((pair) => !FROM_BASE.test(pair)),
    command: words(final.command),
    // The base images of a test engine may be stand-ins without the script of the official ones.
    entrypoint: final.entrypoint?.words[0] === 'docker-entrypoint.sh' ? null : words(final.entrypoint),
    labels: Object.fromEntries(final.labels),
    history: model.layers.map(({ createdBy }) => plainHistory(createdBy)),
    leaks: {
      layer: names('layer'),
      config: names('config'),
      history: names('history'),
      output: names('output'),
    },
  };
}

/** Builds the case with the engine. Everything it makes is gone afterwards. */
export async function realImage(name: string, each: TruthCase): Promise<Image> {
  const scratch = await mkdtemp(join(tmpdir(), 'second-opinion-truth-'));
  const folder = join(scratch, 'context');
  try {
    for (const [path, text] of filesOf(each)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const limits = { milliseconds: 120_000 };
    const tag = `second-opinion-truth:${digest(Buffer.from(name))}`;
    const secrets = new Map([['clinic', join(folder, '.secrets')]]);
    const order = {
      folder,
      dockerfile: join(folder, 'Dockerfile'),
      tag,
      target: each.target,
      buildArguments: each.arguments,
      secrets,
      scratch,
    };
    const build = await buildForReal(order, limits);
    if (!build.built) return { built: false };
    const model = modelOf(each);
    let lowest = model.final;
    while (lowest !== null && lowest.parent !== null) lowest = lowest.parent;
    const below = await baseLayers(lowest?.from ?? 'scratch', limits);
    const { image } = build;
    const values = secretsOf();
    const layers: { files: Record<string, string>; hides: string[] }[] = [];
    const found = new Set<string>();
    const there = new Set<string>();
    for (let index = below; index < image.layers; index += 1) {
      const { files } = await image.layer(index);
      const hides: string[] = [];
      const kept: [string, string][] = [];
      for (const path of files.keys()) {
        if (!/\/\.wh\./.test(path)) continue;
        const gone = path.endsWith('/.wh..wh..opq') ? dirname(path) : path.replace(/\/\.wh\./, '/');
        for (const each of [...there]) if (each === gone || each.startsWith(`${gone}/`)) hides.push(each);
      }
      for (const gone of hides) there.delete(gone);
      for (const [path, bytes] of files) {
        for (const secret of values.find(bytes).keys()) found.add(secret);
        if (/\/\.wh\./.test(path)) continue;
        there.add(path);
        if (OURS.test(path)) kept.push([path, digest(bytes)]);
      }
      const ours = hides.filter((path) => OURS.test(path)).sort();
      if (kept.length + ours.length > 0) layers.push({ files: Object.fromEntries(kept.sort()), hides: ours });
    }
    const { config, history } = image.config;
    const own = history.slice(history.length - modelHistoryLength(model));
    const result: Image = {
      built: true,
      layers,
      user: config.User,
      workdir: config.WorkingDir || '/',
      environment: (config.Env ?? []).filter((pair) => !FROM_BASE.test(pair)),
      command: config.Cmd ?? null,
      entrypoint: config.Entrypoint?.[0] === 'docker-entrypoint.sh' ? null : (config.Entrypoint ?? null),
      labels: config.Labels ?? {},
      history: own.map(({ created_by: text }) => plainHistory(text)),
      leaks: {
        layer: [...found].sort(),
        config: [...values.find(JSON.stringify(config)).keys()].sort(),
        history: [...values.find(JSON.stringify(history)).keys()].sort(),
        output: [...values.find(build.log).keys()].sort(),
      },
    };
    await build.remove();
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function modelOf(each: TruthCase): ImageModel {
  const context = new Map(
    [...filesOf(each)].map(([path, text]) => [path, { bytes: Buffer.from(text), mode: 0o644 }]),
  );
  return modelImage({
    dockerfile: each.dockerfile,
    ignore: ignoreTextOf(context, 'Dockerfile'),
    context,
    ...(each.target === undefined ? {} : { target: each.target }),
    buildArguments: each.arguments,
    secrets: secretsOf(),
    secretMount: () => Buffer.from(cases.app['.secrets'] ?? ''),
  });
}

const filesOf = (each: TruthCase) =>
  new Map([
    ...Object.entries(cases.app),
    ['Dockerfile', each.dockerfile],
    ...(each.ignore === undefined ? [] : [['.dockerignore', each.ignore] as const]),
  ]);

const secretsOf = () =>
  createSecretValues(
    new Map([...parseSecretLines(cases.app['.secrets'] ?? '')].map(([name, value]) => [name, [value]])),
  );

const modelHistoryLength = (model: ImageModel) => model.layers.length;

/** BuildKit marks its lines, and writes a heredoc in a way of its own. */
const plainHistory = (text: string) =>
  text
    .replace(/ # buildkit$/, '')
    .replace(/(<<-?['"]?\w+['"]?)[\s\S]*$/, '$1')
    .replace(/^(CMD|ENTRYPOINT|EXPOSE|ENV|LABEL|COPY|ADD)\b.*$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim();

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** Where the cases write; everything else is what programs leave on the way. */
const OURS = /^\/(app|srv|opt|in)\//;
const FROM_BASE = /^(PATH|NODE_VERSION|YARN_VERSION|NODE_EXTRA_CA_CERTS)=/;
