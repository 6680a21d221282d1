import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Finding } from '../../../model/finding.ts';
import type { JudgedBuild, JudgedBuilds } from '../judged-builds.ts';
import { checkStart } from '../start/check-start.ts';
import { beyondBuilder } from './beyond-builder.ts';
import { composeStart } from './compose-start.ts';
import { oldBuilder, registryUnreachable } from './engine-errors.ts';
import { buildForReal, type RealBuild } from './real-build.ts';
import { type RealContainer, tryContainer } from './real-container.ts';
import { isRoot, usersOf } from './real-users.ts';
import { searchImage } from './search-image.ts';

export interface RealCheck {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** Measured size of the image on disk; `null` when it was not built. */
  readonly bytes: number | null;
  readonly user: string | null;
  readonly status: number | null;
}

interface Order {
  readonly judged: JudgedBuilds;
  readonly build: JudgedBuild;
  /** A folder for the copy and the saved image; it is made and removed. */
  readonly scratch: string;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/**
 * Builds the copy with planted values for real, searches it, starts it as compose would, and cleans up.
 * Throws `REGISTRY_UNREACHABLE` when base images can't be fetched, `BUILDER_TOO_OLD` for what only newer builders know,
 * `ENGINE_SILENT`, `ENGINE_UNAVAILABLE` and `ENGINE_FAILED` for what is the engine's fault, and `INTERRUPTED`.
 */
export async function checkForReal(order: Order): Promise<RealCheck> {
  const { judged, build, signal, say } = order;
  const { file } = build;
  await mkdir(order.scratch, { recursive: true });
  const scratch = await mkdtemp(join(order.scratch, 'docker-'));
  try {
    const real = await buildCopy(order, scratch);
    if (!real.built) return { file, findings: [notBuilt(file, real)], bytes: null, user: null, status: null };
    try {
      say('searching the layers');
      const leaks = await searchImage(build, judged.secrets, real, signal);
      say('starting the container');
      const container = await tryContainer(tagOf(scratch), composeStart(judged, build), {
        milliseconds: CALL_LIMIT_MS,
        signal,
      });
      const users = usersOf(container.users, startsAs(build) ?? real.image.config.config.User);
      const findings = [
        ...leaks,
        ...(container.status === null ? [doesNotAnswer(file, container)] : []),
        ...(users.some(isRoot) ? [runsAsRoot(file, container.users.length > 0)] : []),
      ];
      return { file, findings, bytes: real.bytes, user: users.join(', '), status: container.status };
    } finally {
      await real.remove();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Whom the start command changes to, or compose names; `null` when that is the image's own user. */
function startsAs({ model, service }: JudgedBuild): string | null {
  const start = model.final === null ? null : checkStart(model.final, service).start;
  return start?.user ?? service?.user ?? null;
}

async function buildCopy({ judged, build, signal, say }: Order, scratch: string): Promise<RealBuild> {
  const folder = join(scratch, 'context');
  for (const [path, { bytes, mode }] of judged.context) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes, { mode });
  }
  const { input, dockerfile } = build.model;
  const secrets = new Map<string, string>();
  for (const { flags } of dockerfile.instructions)
    for (const id of flags.flatMap(({ name, value }) => (name === 'mount' ? secretId(value) : []))) {
      if (secrets.has(id)) continue;
      const file = join(scratch, `secret-${secrets.size}`);
      await writeFile(file, input.secretMount(id));
      secrets.set(id, file);
    }
  const inline = build.service?.inlineDockerfile ?? null;
  const isInline = inline !== null && build.file === judged.compose?.file;
  const written = isInline ? join(scratch, 'Dockerfile') : join(folder, build.file.replace(/^app\//, ''));
  if (isInline) await writeFile(written, inline);
  const { target, buildArguments = {} } = input;
  const order = {
    folder,
    dockerfile: written,
    tag: tagOf(scratch),
    target,
    buildArguments,
    secrets,
    scratch,
  };
  say(`building ${build.file}; the first time it fetches the base image`);
  const onOutput = (text: string) => {
    for (const line of text.split('\n')) if (/^#\d+ \[/.test(line)) say(line.replace(/^#\d+ /, ''));
  };
  const real = await buildForReal(order, { milliseconds: BUILD_LIMIT_MS, signal, onOutput });
  if (real.built) return real;
  const unreachable = registryUnreachable(real.output);
  if (unreachable !== null) throw unreachable;
  const newer = beyondBuilder(real.output);
  if (newer !== null) throw oldBuilder(newer);
  return real;
}

/** The name that the builder asks a secret by: without one, that of the file which it becomes. */
function secretId(mount: string): string[] {
  const options = new Map(
    mount
      .split(',')
      .map((part) => [part.split('=')[0]?.toLowerCase() ?? '', part.slice(part.indexOf('=') + 1)]),
  );
  if (options.get('type') !== 'secret') return [];
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
  return [options.get('id') ?? (target === undefined ? 'secret' : posix.basename(target))];
}

const tagOf = (scratch: string) =>
  `second-opinion:${scratch.slice(scratch.lastIndexOf('docker-')).toLowerCase()}`;

function notBuilt(file: string, { output }: RealBuild): Finding {
  const lines = output.split('\n').filter((line) => /error|ERROR|failed/.test(line));
  return {
    ruleId: 'image/does-not-build',
    level: 'error',
    message: 'Docker could not build the image.',
    tried: `docker build with ${file}, in a copy of your folder`,
    expected: 'An image.',
    observed: lines.slice(-3).join('\n') || output.slice(-500),
    why: 'What does not build here builds nowhere else either, and nobody gets the clinic.',
    location: { file },
  };
}

const doesNotAnswer = (file: string, { running, output }: RealContainer): Finding => ({
  ruleId: running ? 'image/cannot-be-reached' : 'image/cannot-start',
  level: 'error',
  message: running
    ? 'The container runs and answers nothing on port 8000.'
    : 'The container ended by itself.',
  tried: 'Start the built image and ask for /healthz.',
  expected: 'An answer. Without a database it may be an error page.',
  observed: output.trim().split('\n').slice(-5).join('\n') || 'It printed nothing.',
  why: running
    ? 'A clinic that nobody outside of its container reaches is of use to nobody.'
    : 'An image that does not run is no improvement, however small it is.',
  location: { file },
});

const runsAsRoot = (file: string, seen: boolean): Finding => ({
  ruleId: 'image/root-user',
  level: 'error',
  message: seen ? 'A process of the started container runs as root.' : 'The container is started as root.',
  tried: seen
    ? 'docker top'
    : 'docker top, which this engine does not answer; then the user that the image names.',
  expected: 'Another user.',
  observed: 'User 0.',
  why: 'Whoever breaks into the process owns everything in the container, and has one wall less to the machine below.',
  location: { file },
});

const CALL_LIMIT_MS = 30_000;
const BUILD_LIMIT_MS = 15 * 60_000;
