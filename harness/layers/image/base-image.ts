/** What must be known of a base image that is not here. `known: false`: nothing but its name. */
export interface BaseImage {
  /** Without registry and tag: `node`, `ubuntu`, `gcr.io/distroless/nodejs24-debian12`. */
  readonly name: string;
  /** `null` without a tag; a digest is kept apart. */
  readonly tag: string | null;
  readonly digest: string | null;
  readonly known: boolean;
  readonly family: 'debian' | 'ubuntu' | 'alpine' | 'distroless' | 'wolfi' | 'scratch' | 'unknown';
  /** A whole distribution with compilers and tools, or the full Node image. */
  readonly heavy: boolean;
  readonly hasShell: boolean;
  readonly hasNpm: boolean;
  /** Major version of Node inside; `null` for none, `unknown` when it is not said. */
  readonly node: number | 'unknown' | null;
  readonly user: string;
  readonly users: ReadonlyMap<string, string> | null;
  readonly workdir: string;
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

export function readBaseImage(reference: string): BaseImage {
  const { name, tag, digest } = splitReference(reference);
  const facts = { ...UNKNOWN, name, tag, digest };
  if (name === 'scratch')
    return {
      ...facts,
      known: true,
      family: 'scratch',
      hasShell: false,
      hasNpm: false,
      node: null,
      users: new Map(),
    };
  if (name === 'node') return { ...facts, ...nodeImage(tag) };
  if (/^gcr\.io\/distroless\//.test(name)) return { ...facts, ...distrolessImage(name, tag) };
  if (/^cgr\.dev\/chainguard\/node$/.test(name)) return { ...facts, ...chainguardImage(tag) };
  if (name === 'alpine') return { ...facts, ...plain('alpine', ALPINE_USERS, ['/bin/sh', '/sbin/apk']) };
  if (name === 'debian')
    return { ...facts, ...plain('debian', DEBIAN_USERS, DEBIAN_FILES), heavy: !isSlim(tag) };
  if (name === 'ubuntu') return { ...facts, ...plain('ubuntu', UBUNTU_USERS, DEBIAN_FILES), heavy: true };
  return facts;
}

/** `docker.io/library/node`, `node` and the public mirrors of the official images are the same image. */
function splitReference(reference: string) {
  const [whole = '', digest = null] = reference.split('@');
  const [, path = whole, tag = null] = /^(.*?)(?::([^/:]+))?$/.exec(whole) ?? [];
  const name = path
    .replace(/^(?:(?:index\.)?docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\//, '')
    .replace(/^library\//, '');
  return { name, tag, digest };
}

function nodeImage(tag: string | null): Partial<BaseImage> {
  const alpine = /alpine/.test(tag ?? '');
  const major = /^(\d+)/.exec(tag ?? '')?.[1];
  const family = alpine ? 'alpine' : 'debian';
  return {
    known: true,
    family,
    heavy: !alpine && !isSlim(tag),
    hasShell: true,
    hasNpm: true,
    node: major === undefined ? 'unknown' : Number(major),
    users: new Map([...(alpine ? ALPINE_USERS : DEBIAN_USERS), ['node', '1000']]),
    entrypoint: ['docker-entrypoint.sh'],
    command: ['node'],
    files: [...(alpine ? ['/bin/sh', '/sbin/apk'] : DEBIAN_FILES), ...NODE_FILES, '/home/node/.profile'],
  };
}

function distrolessImage(name: string, tag: string | null): Partial<BaseImage> {
  const major = /nodejs(\d+)/.exec(name)?.[1];
  const debug = /debug/.test(tag ?? '');
  const nonroot = /nonroot/.test(tag ?? '');
  return {
    known: true,
    family: 'distroless',
    hasShell: debug,
    hasNpm: false,
    node: major === undefined ? (/nodejs/.test(name) ? 'unknown' : null) : Number(major),
    user: nonroot ? '65532' : '',
    users: new Map([
      ['root', '0'],
      ['nobody', '65534'],
      ['nonroot', '65532'],
    ]),
    workdir: nonroot ? '/home/nonroot' : '/',
    entrypoint: /nodejs/.test(name) ? ['/nodejs/bin/node'] : null,
    command: null,
    files: [...(/nodejs/.test(name) ? ['/nodejs/bin/node'] : []), ...(debug ? ['/busybox/sh'] : [])],
  };
}

function chainguardImage(tag: string | null): Partial<BaseImage> {
  const dev = /dev/.test(tag ?? '');
  return {
    known: true,
    family: 'wolfi',
    hasShell: dev,
    hasNpm: dev,
    node: 'unknown',
    user: '65532',
    users: new Map([
      ['root', '0'],
      ['node', '65532'],
      ['nonroot', '65532'],
    ]),
    workdir: '/app',
    entrypoint: ['/usr/bin/node'],
    command: null,
    files: ['/usr/bin/node', ...(dev ? ['/usr/bin/npm', '/usr/bin/npx', '/bin/sh', '/sbin/apk'] : [])],
  };
}

const plain = (
  family: BaseImage['family'],
  users: ReadonlyMap<string, string>,
  files: readonly string[],
): Partial<BaseImage> => ({
  known: true,
  family,
  hasNpm: false,
  node: null,
  users,
  files,
  command: ['/bin/sh'],
});

const isSlim = (tag: string | null) => /slim/.test(tag ?? '');

const numbered = (names: string): ReadonlyMap<string, string> =>
  new Map(names.split(' ').map((name, index) => [name, name === 'nobody' ? '65534' : String(index)]));

const DEBIAN_USERS = numbered(
  'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt nobody',
);
const UBUNTU_USERS: ReadonlyMap<string, string> = new Map([...DEBIAN_USERS, ['ubuntu', '1000']]);
const ALPINE_USERS = numbered(
  'root bin daemon adm lp sync shutdown halt mail news uucp cron ftp sshd games ntp guest nobody',
);
const DEBIAN_FILES = ['/bin/sh', '/bin/bash', '/usr/bin/apt-get', '/etc/passwd', '/etc/group'];
const NODE_FILES = [
  '/usr/local/bin/node',
  '/usr/local/bin/npm',
  '/usr/local/bin/npx',
  '/usr/local/bin/docker-entrypoint.sh',
  '/usr/local/lib/node_modules/npm/package.json',
];

const UNKNOWN: Omit<BaseImage, 'name' | 'tag' | 'digest'> = {
  known: false,
  family: 'unknown',
  heavy: false,
  hasShell: true,
  hasNpm: true,
  node: 'unknown',
  user: '',
  users: null,
  workdir: '/',
  entrypoint: null,
  command: null,
  environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  files: [],
};
