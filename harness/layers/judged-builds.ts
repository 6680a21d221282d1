import type { Random } from '../random.ts';
import type { Sources } from '../sources.ts';
import { type ImageModel, modelImage } from './build/build-image.ts';
import { type ContextFile, ignoreTextOf } from './build/input.ts';
import { type Compose, type ComposeService, readCompose } from './compose.ts';
import { expandVariables } from './dockerfile/expand.ts';
import { splitPairs } from './dockerfile/words.ts';
import { createSecretValues, parseSecretLines, type SecretValues } from './secret-values.ts';

/** One image of the learner's, as the model sees it. */
export interface JudgedBuild {
  /** As `app/Dockerfile`. */
  readonly file: string;
  readonly model: ImageModel;
  /** The compose service that runs it; `null` when compose does not build it. */
  readonly service: ComposeService | null;
}

export interface JudgedBuilds {
  readonly builds: readonly JudgedBuild[];
  readonly compose: Compose | null;
  readonly secrets: SecretValues;
  /** The folder as it was given to the builds: the learner's files, planted values and probes. */
  readonly context: ReadonlyMap<string, ContextFile>;
}

export interface Planting {
  /** Files that every real folder grows sooner or later. */
  readonly probes: Readonly<Record<string, string>>;
  /** Values that the clinic was shipped with: they are secrets wherever they stand. */
  readonly shipped: ReadonlyMap<string, string>;
}

/**
 * Models what `docker build` and `docker compose build` make of the learner's folder: a copy in which every secret value
 * is a fresh one, so that no answer can be known beforehand. Without `random` the values stay as they are.
 */
export function judgeBuilds(sources: Sources, random: Random | null, planting: Planting): JudgedBuilds {
  const folder = new Map(sources.paths.map((path) => [path.slice('app/'.length), sources.text(path) ?? '']));
  const planted = secretValuesOf(folder, planting.shipped).map(([name, old]) => ({
    name,
    old,
    fresh: random === null ? old : `${old.slice(0, 4)}-${random.marker(20)}`,
  }));
  const swap = (text: string) => planted.reduce((all, { old, fresh }) => all.replaceAll(old, fresh), text);
  const context = new Map<string, ContextFile>();
  for (const [path, text] of [...Object.entries(planting.probes), ...folder])
    context.set(path, { bytes: Buffer.from(swap(text)), mode: /\.sh$/.test(path) ? 0o755 : 0o644 });
  const names = [...new Set(planted.map(({ name }) => name))];
  const valuesOf = (wanted: string) =>
    planted.flatMap(({ name, fresh, old }) => (name === wanted ? [fresh, old] : []));
  const secrets = createSecretValues(new Map(names.map((name) => [name, valuesOf(name)])));
  const compose = readCompose((name) => context.get(name)?.bytes.toString('utf8') ?? null);
  return { builds: buildsOf(context, compose, secrets), compose, secrets, context };
}

function buildsOf(
  context: ReadonlyMap<string, ContextFile>,
  compose: Compose | null,
  secrets: SecretValues,
): JudgedBuild[] {
  const service = compose?.clinic ?? null;
  const byCompose = service === null ? null : service.inlineDockerfile === null ? service.dockerfile : null;
  const names = [...new Set([...(byCompose === null ? [] : [byCompose]), 'Dockerfile'])].filter((name) =>
    context.has(name),
  );
  const builds = names.map((name): JudgedBuild => {
    const own = name === byCompose ? service : null;
    const text = context.get(name)?.bytes.toString('utf8') ?? '';
    return { file: `app/${name}`, service: own, model: model(context, name, text, own, compose, secrets) };
  });
  if (service === null || service.inlineDockerfile === null) return builds;
  const inline = model(context, 'Dockerfile', service.inlineDockerfile, service, compose, secrets);
  return [{ file: compose?.file ?? 'app/docker-compose.yml', service, model: inline }, ...builds];
}

function model(
  context: ReadonlyMap<string, ContextFile>,
  name: string,
  dockerfile: string,
  service: ComposeService | null,
  compose: Compose | null,
  secrets: SecretValues,
): ImageModel {
  const wholeFile =
    context.get('.secrets')?.bytes ??
    Buffer.from(secrets.names.map((each) => `${each}=${secrets.valueOf(each) ?? ''}\n`).join(''));
  return modelImage({
    dockerfile,
    ignore: ignoreTextOf(context, name),
    context,
    ...(service === null || service.target === null ? {} : { target: service.target }),
    buildArguments: {
      ...givenArguments(dockerfile, secrets, wholeFile),
      ...composeArguments(service, secrets, wholeFile),
    },
    secrets,
    secretMount(id) {
      const named = secrets.names.find(
        (each) => each.toLowerCase() === id.toLowerCase().replace(/[-.]/g, '_'),
      );
      const source = compose?.secretFiles.get(id);
      if (source !== undefined && 'file' in source) return context.get(source.file)?.bytes ?? wholeFile;
      return named === undefined ? wholeFile : Buffer.from(secrets.valueOf(named) ?? '');
    },
  });
}

/** Somebody who declares an ARG for a secret passes one: by its name, or all of them for a name that says so. */
function givenArguments(
  dockerfile: string,
  secrets: SecretValues,
  wholeFile: Buffer,
): Record<string, string> {
  const declared = [...dockerfile.matchAll(/^\s*ARG\s+(.*?)\s*$/gim)].flatMap(([, text]) =>
    splitPairs(text ?? '', false),
  );
  return Object.fromEntries(
    declared.flatMap(([name, byDefault]) => {
      const value = secrets.valueOf(name);
      if (value !== undefined) return [[name, value]];
      return byDefault === null && SOUNDS_SECRET.test(name) && !SOUNDS_HARMLESS.test(name)
        ? [[name, wholeFile.toString('utf8')]]
        : [];
    }),
  );
}

/** `build.args` of compose, its variables filled as somebody who has the secrets fills them. */
function composeArguments(
  service: ComposeService | null,
  secrets: SecretValues,
  wholeFile: Buffer,
): Record<string, string> {
  const valueOf = (name: string) =>
    secrets.valueOf(name) ?? (SOUNDS_SECRET.test(name) ? wholeFile.toString('utf8') : undefined);
  const given = [...(service?.buildArguments ?? [])].flatMap(([name, raw]): [string, string][] => {
    const value = raw === null ? valueOf(name) : expandVariables(raw, valueOf);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

/** The values of `.secrets`, and the shipped ones wherever they went; what stands in `.env` under a telling name counts too. */
function secretValuesOf(
  folder: ReadonlyMap<string, string>,
  shipped: ReadonlyMap<string, string>,
): [name: string, value: string][] {
  const own = parseSecretLines(folder.get('.secrets') ?? '');
  const elsewhere = [...folder].filter(
    ([path]) => /(^|\/)\.env|(^|\/)\.?secrets?([./]|$)/.test(path) && path !== '.secrets',
  );
  const telling = elsewhere.flatMap(([, text]) =>
    [...parseSecretLines(text)].filter(([name]) => SOUNDS_SECRET.test(name)),
  );
  const seen = new Set<string>();
  return [...own, ...telling, ...shipped].filter(([, value]) => {
    if (value.length < LEAST || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

/** Shorter values turn up by chance. */
const LEAST = 8;
const SOUNDS_SECRET = /secret|token|passw|api_?key|bucket_key|credential|private|_key$/i;
const SOUNDS_HARMLESS = /_(file|path|id|url|name|dir)$/i;
