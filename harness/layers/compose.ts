import { parse } from 'yaml';
import { expandVariables } from './dockerfile/expand.ts';
import { splitWords } from './dockerfile/words.ts';

/** What a compose file says of the service that is built from the learner's Dockerfile. */
export interface ComposeService {
  readonly name: string;
  /** The stage to stop at. */
  readonly target: string | null;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  readonly inlineDockerfile: string | null;
  /** As written; `null`: taken from the shell. */
  readonly buildArguments: ReadonlyMap<string, string | null>;
  /** Ids of `build.secrets`. */
  readonly buildSecrets: readonly string[];
  readonly user: string | null;
  readonly workdir: string | null;
  readonly command: readonly string[] | string | null;
  readonly entrypoint: readonly string[] | string | null;
  /** As written, variables not replaced. `null` as a value: taken from the shell that runs compose. */
  readonly environment: ReadonlyMap<string, string | null>;
  readonly environmentFiles: readonly string[];
  /** Where each secret is mounted, by its name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Mounts of files and folders: source and target. */
  readonly volumes: readonly { readonly source: string; readonly target: string }[];
}

export interface Compose {
  /** As `app/docker-compose.yml`. */
  readonly file: string;
  readonly text: string;
  /** Every text in it, keys too: escapes are resolved, so that a value can't hide behind one. */
  readonly strings: readonly string[];
  readonly services: readonly string[];
  /** The service that builds the clinic; `null` when none does. */
  readonly clinic: ComposeService | null;
  /** Secrets of the file by name: the file, or the variable, that holds each. */
  readonly secretFiles: ReadonlyMap<string, { readonly file: string } | { readonly variable: string }>;
  readonly problem: string | null;
}

export const COMPOSE_FILES = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
] as const;

/** `text` answers the file's text or `null`. Answers `null` when there is no compose file. */
export function readCompose(text: (name: string) => string | null): Compose | null {
  const name = COMPOSE_FILES.find((each) => text(each) !== null);
  const source = name === undefined ? null : text(name);
  if (name === undefined || source === null) return null;
  const base = { file: `app/${name}`, text: source };
  try {
    const document: unknown = parse(source, { merge: true });
    const services = record(record(document)['services']);
    return {
      ...base,
      strings: stringsIn(document),
      services: Object.keys(services),
      clinic: findClinic(services),
      secretFiles: readSecretFiles(record(record(document)['secrets'])),
      problem: Object.keys(services).length === 0 ? 'it has no services' : null,
    };
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { ...base, strings: [], services: [], clinic: null, secretFiles: new Map(), problem };
  }
}

function findClinic(services: Readonly<Record<string, unknown>>): ComposeService | null {
  const built = Object.entries(services).filter(([, service]) => record(service)['build'] !== undefined);
  const [name, found] = built.find(([each]) => /clinic|app|web/.test(each)) ?? built[0] ?? [];
  if (name === undefined) return null;
  const service = record(found);
  const build = service['build'];
  const details = record(build);
  return {
    name,
    target: text(details['target']),
    dockerfile: (text(details['dockerfile']) ?? 'Dockerfile').replace(/^\.\//, ''),
    inlineDockerfile: text(details['dockerfile_inline']),
    buildArguments: pairs(details['args']),
    buildSecrets: list(details['secrets']).flatMap(
      (each) => text(each) ?? text(record(each)['source']) ?? [],
    ),
    user: text(service['user']),
    workdir: text(service['working_dir']),
    command: wordsOf(service['command']),
    entrypoint: wordsOf(service['entrypoint']),
    environment: pairs(service['environment']),
    environmentFiles: list(service['env_file']).flatMap(
      (each) => text(each) ?? text(record(each)['path']) ?? [],
    ),
    secrets: new Map(list(service['secrets']).flatMap(secretMount)),
    volumes: list(service['volumes']).flatMap(volume),
  };
}

function secretMount(each: unknown): [string, string][] {
  const name = text(each) ?? text(record(each)['source']);
  if (name === null) return [];
  const target = text(record(each)['target']) ?? name;
  return [[name, target.startsWith('/') ? target : `/run/secrets/${target}`]];
}

function volume(each: unknown): { source: string; target: string }[] {
  const short = text(each);
  const [source, target] =
    short === null ? [text(record(each)['source']), text(record(each)['target'])] : short.split(':');
  return typeof source !== 'string' || typeof target !== 'string' ? [] : [{ source, target }];
}

function readSecretFiles(secrets: Readonly<Record<string, unknown>>): Compose['secretFiles'] {
  const found = new Map<string, { readonly file: string } | { readonly variable: string }>();
  for (const [name, each] of Object.entries(secrets)) {
    const file = text(record(each)['file']);
    const variable = text(record(each)['environment']);
    if (file !== null) found.set(name, { file: file.replace(/^\.\//, '') });
    else if (variable !== null) found.set(name, { variable });
  }
  return found;
}

/** A mapping, or a list of `KEY=value`. */
function pairs(value: unknown): Map<string, string | null> {
  if (!Array.isArray(value))
    return new Map(Object.entries(record(value)).map(([key, each]) => [key, plainText(each)]));
  return new Map(
    value.flatMap((each): [string, string | null][] => {
      const line = plainText(each) ?? '';
      const at = line.indexOf('=');
      return line === '' ? [] : [at < 0 ? [line, null] : [line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

function wordsOf(value: unknown): readonly string[] | string | null {
  if (Array.isArray(value)) return value.map((each) => text(each) ?? '');
  const line = text(value);
  return line === null ? null : splitWords(line);
}

function stringsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)]);
  return typeof value === 'string' ? [value] : [];
}

/** Variables of compose are replaced by their defaults. */
function text(value: unknown): string | null {
  const plain = plainText(value);
  return plain === null || !plain.includes('$') ? plain : expandVariables(plain, () => undefined);
}

const plainText = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

const list = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
