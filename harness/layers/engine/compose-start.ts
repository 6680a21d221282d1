import type { ContextFile } from '../build/input.ts';
import type { ComposeService } from '../compose.ts';
import { expandVariables } from '../dockerfile/expand.ts';
import type { JudgedBuild, JudgedBuilds } from '../judged-builds.ts';
import type { TarItem } from '../oci/tar.ts';
import { parseSecretLines } from '../secret-values.ts';

/** What compose would start an image with. */
export interface ComposeStart {
  /** For `docker create`, before the image. */
  readonly flags: readonly string[];
  /** After the image. */
  readonly command: readonly string[];
  /** What it would mount: secrets and files of the folder, with their planted values. */
  readonly files: readonly TarItem[];
}

/** A start without a database, of which the clinic is refused at once: the name of compose's would be looked up for seconds. */
export function composeStart(judged: JudgedBuilds, { service, model }: JudgedBuild): ComposeStart {
  if (service === null) return { flags: NO_DATABASE, command: [], files: [] };
  const environment = [...environmentOf(judged, service)].flatMap(([name, value]) => [
    '-e',
    `${name}=${value}`,
  ]);
  const entrypoint = wordsOf(service.entrypoint);
  const [program, ...rest] = entrypoint ?? [];
  const flags = [
    ...environment,
    ...NO_DATABASE,
    ...(service.user === null ? [] : ['--user', service.user]),
    ...(service.workdir === null ? [] : ['--workdir', service.workdir]),
    ...(entrypoint === null ? [] : ['--entrypoint', program ?? '']),
  ];
  const secrets = [...service.secrets].map(([name, target]) => {
    const source = judged.compose?.secretFiles.get(name);
    const variable = source !== undefined && 'variable' in source ? source.variable : null;
    const bytes =
      variable === null ? model.input.secretMount(name) : Buffer.from(judged.secrets.valueOf(variable) ?? '');
    return file(target, bytes);
  });
  const mounted = service.volumes.flatMap((volume) => mountedFiles(judged.context, volume));
  return {
    flags,
    command: [...rest, ...(wordsOf(service.command) ?? [])],
    files: [...mounted, ...secrets],
  };
}

/** Values from the shell are those that were planted. What is known nowhere is not set. */
function environmentOf(
  { context, secrets }: JudgedBuilds,
  service: ComposeService,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of service.environmentFiles) {
    const text = context.get(inFolder(path))?.bytes.toString('utf8') ?? '';
    for (const [name, value] of parseSecretLines(text)) found.set(name, value);
  }
  for (const [name, raw] of service.environment) {
    const value = raw === null ? secrets.valueOf(name) : expandVariables(raw, secrets.valueOf);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

function mountedFiles(
  context: ReadonlyMap<string, ContextFile>,
  { source, target }: ComposeService['volumes'][number],
): TarItem[] {
  const path = inFolder(source).replace(/\/$/, '');
  return [...context].flatMap(([name, { bytes }]) =>
    name === path
      ? [file(target, bytes)]
      : name.startsWith(`${path}/`)
        ? [file(`${target}/${name.slice(path.length + 1)}`, bytes)]
        : [],
  );
}

const file = (path: string, bytes: Buffer): TarItem => ({
  path: path.replace(/^\/+/, ''),
  bytes,
  mode: 0o444,
  owner: 0,
});

const inFolder = (path: string) => path.replace(/^\.\//, '');

const wordsOf = (words: readonly string[] | string | null): readonly string[] | null =>
  typeof words === 'string' ? [words] : words;

const NO_DATABASE = ['-e', 'DATABASE_URL=postgres://clinic@127.0.0.1:1/clinic'];
