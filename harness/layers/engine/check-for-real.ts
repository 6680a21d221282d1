import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Finding } from '../../../model/finding.ts';
import { WorkshopError } from '../../../model/workshop-error.ts';
import type { JudgedBuild, JudgedBuilds } from '../judged-builds.ts';
import { lineageOf } from '../image/stage.ts';
import type { SecretValues } from '../secret-values.ts';
import { certainOf } from '../trace.ts';
import { engineVersion } from './docker.ts';
import { baseLayers, buildForReal, type RealBuild } from './real-build.ts';
import { tryContainer } from './real-container.ts';
import { isRoot, usersOf } from './real-users.ts';
import { beyondBuilder } from './beyond-builder.ts';

export interface RealCheck {
  readonly engine: string;
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
 * Builds the copy with planted values for real, searches it, starts it, and cleans up.
 * Throws `ENGINE_UNAVAILABLE` without an engine, `REGISTRY_UNREACHABLE` when base images can't be fetched, and
 * `BUILDER_TOO_OLD` for what only newer builders know.
 */
export async function checkForReal(order: Order): Promise<RealCheck> {
  const engine = await engineVersion();
  if (engine === null) throw noEngine();
  await mkdir(order.scratch, { recursive: true });
  const scratch = await mkdtemp(join(order.scratch, 'docker-'));
  try {
    const build = await buildCopy(order, scratch);
    const file = order.build.file;
    if (!build.built)
      return { engine, findings: [notBuilt(file, build)], bytes: null, user: null, status: null };
    try {
      order.say('searching the layers');
      const leaks = await search(order, build);
      order.say('starting the container');
      const service = order.build.service;
      const given = [...(service?.environment ?? [])].flatMap(([name, value]) =>
        value === null || value.includes('$') ? [] : [[name, value] as const],
      );
      const real = await tryContainer(tagOf(scratch), new Map([...given, NO_DATABASE]), order.signal);
      const users = usersOf(real.users, build.image.config.config.User);
      const findings = [
        ...leaks,
        ...(real.status === null ? [doesNotAnswer(file, real.running, real.output)] : []),
        ...(users.some(isRoot) ? [runsAsRoot(file, real.users.length > 0)] : []),
      ];
      return {
        engine,
        findings,
        bytes: build.bytes,
        user: users.join(', '),
        status: real.status,
      };
    } finally {
      await build.remove();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function buildCopy({ judged, build, signal, say }: Order, scratch: string): Promise<RealBuild> {
  const folder = join(scratch, 'context');
  for (const [path, { bytes, mode }] of judged.context) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes, { mode });
  }
  const { input, dockerfile } = build.model;
  const ids = dockerfile.instructions.flatMap(({ flags }) =>
    flags.flatMap(({ name, value }) =>
      name === 'mount' && value.includes('type=secret')
        ? [/(?:^|,)id=([^,]+)/.exec(value)?.[1] ?? []].flat()
        : [],
    ),
  );
  const secrets = new Map<string, string>();
  for (const id of new Set(ids)) {
    const file = join(scratch, `secret-${secrets.size}`);
    await writeFile(file, input.secretMount(id));
    secrets.set(id, file);
  }
  const { target, buildArguments = {} } = input;
  const order = {
    folder,
    dockerfile: build.file.replace(/^app\//, ''),
    tag: tagOf(scratch),
    target,
    buildArguments,
    secrets,
    scratch,
  };
  say('building; the first time it fetches the base image');
  const onOutput = (text: string) => {
    for (const line of text.split('\n')) if (/^#\d+ \[/.test(line)) say(line.replace(/^#\d+ /, ''));
  };
  const real = await buildForReal(order, { milliseconds: BUILD_LIMIT_MS, signal, onOutput });
  if (!real.built && UNREACHABLE.test(real.output)) throw noRegistry(real.output);
  const newer = real.built ? null : beyondBuilder(real.output);
  if (newer !== null) throw oldBuilder(newer);
  if (!real.built && signal.aborted) throw stopped();
  return real;
}

async function search(
  { build, judged, signal }: Order,
  real: RealBuild & { built: true },
): Promise<Finding[]> {
  const { final } = build.model;
  const [bottom] = final === null ? [] : lineageOf(final);
  const below = await baseLayers(bottom?.from ?? 'scratch', { milliseconds: 20_000, signal });
  const findings: Finding[] = [];
  for (let index = below; index < real.image.layers; index += 1) {
    const { files } = await real.image.layer(index);
    for (const [path, bytes] of files) {
      const names = found(judged.secrets, bytes);
      if (names !== '')
        findings.push(
          leak(
            'secrets/in-layer',
            build.file,
            `Layer ${index + 1} of the built image holds ${names} in ${path}.`,
            path,
          ),
        );
    }
  }
  const config = found(judged.secrets, JSON.stringify(real.image.config.config));
  if (config !== '')
    findings.push(
      leak(
        'secrets/in-config',
        build.file,
        `The configuration of the built image holds ${config}.`,
        'docker inspect shows it.',
      ),
    );
  const history = found(judged.secrets, JSON.stringify(real.image.config.history));
  if (history !== '')
    findings.push(
      leak(
        'secrets/in-history',
        build.file,
        `The history of the built image shows ${history}.`,
        'docker history --no-trunc shows it.',
      ),
    );
  const printed = found(judged.secrets, real.log);
  if (printed !== '')
    findings.push(
      leak(
        'secrets/in-output',
        build.file,
        `The build printed ${printed}.`,
        'It is in the output of docker build.',
      ),
    );
  return findings;
}

const found = (secrets: SecretValues, content: Buffer | string) =>
  certainOf(secrets.find(content)).join(', ');

const tagOf = (scratch: string) =>
  `second-opinion:${scratch.slice(scratch.lastIndexOf('docker-')).toLowerCase()}`;

const leak = (ruleId: string, file: string, message: string, observed: string): Finding => ({
  ruleId,
  level: 'error',
  message,
  tried: 'Build with fresh values in your secret files, save the image and search all of it.',
  expected: 'The values are nowhere.',
  observed,
  location: { file },
});

function notBuilt(file: string, { output }: RealBuild): Finding {
  const lines = output.split('\n').filter((line) => /error|ERROR|failed/.test(line));
  return {
    ruleId: 'image/does-not-build',
    level: 'error',
    message: 'Docker could not build the image.',
    tried: `docker build with ${file}, in a copy of your folder`,
    expected: 'An image.',
    observed: lines.slice(-3).join('\n') || output.slice(-500),
    location: { file },
  };
}

const doesNotAnswer = (file: string, running: boolean, output: string): Finding => ({
  ruleId: running ? 'image/cannot-be-reached' : 'image/cannot-start',
  level: 'error',
  message: running
    ? 'The container runs and answers nothing on port 8000.'
    : 'The container ended by itself.',
  tried: 'Start the built image and ask for /healthz.',
  expected: 'An answer. Without a database it may be an error page.',
  observed: output.trim().split('\n').slice(-5).join('\n') || 'It printed nothing.',
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
  location: { file },
});

const noEngine = () =>
  new WorkshopError(
    'ENGINE_UNAVAILABLE',
    'No Docker engine answered within three seconds. An installed client alone can build nothing.',
    {
      remedy: 'Start Docker, or run the check without `--docker`: it needs no engine.',
    },
  );

const noRegistry = (output: string) =>
  new WorkshopError(
    'REGISTRY_UNREACHABLE',
    `Docker could not fetch what the build needs: ${
      output
        .split('\n')
        .findLast((line) => UNREACHABLE.test(line))
        ?.slice(0, 300) ?? ''
    }`,
    {
      remedy: 'Connect to the network and run it again, or run the check without `--docker`.',
    },
  );

const oldBuilder = (words: string) =>
  new WorkshopError(
    'BUILDER_TOO_OLD',
    `This engine's builder is older than the Dockerfile: it does not know ${words}.`,
    {
      remedy:
        'Write `# syntax=docker/dockerfile:1` as the first line (needs a network), use a newer Docker, or run the check without `--docker`.',
    },
  );

const stopped = () => new WorkshopError('INTERRUPTED', 'The build was stopped.', { remedy: 'Run it again.' });

/** Refused at once, so that /healthz answers: the name of compose's database would be looked up for seconds. */
const NO_DATABASE = ['DATABASE_URL', 'postgres://clinic@127.0.0.1:1/clinic'] as const;
const UNREACHABLE =
  /dial tcp|i\/o timeout|no such host|TLS handshake|failed to do request|connection refused|ENOTFOUND|EAI_AGAIN|Temporary failure resolving/;
const BUILD_LIMIT_MS = 15 * 60_000;
