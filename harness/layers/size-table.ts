/**
 * Sizes on disk in bytes, for estimates. They are never graded.
 *
 * Base images (unpacked, amd64): docker-library/repo-info and its fork maxmood96/repo-info: node:24 (24.7.0, 27 August
 * 2025) 1.14 GB, node:24-slim (24.0.0, 6 May 2025) 229 MB, node:24-alpine (24.14.0, 24 February 2026) 159 MB, ubuntu:24.04
 * (20 May 2026) 78 MB, ubuntu:26.04 (pre-release, 3 November 2025) 90 MB. Distroless with Node 24: no published figure;
 * 155 MB is an estimate from its Node 22 image (141 MB, labs.iximiuz.com). debian:bookworm-slim 75 MB.
 * Packages: Debian 13, `apt-get -s install` with Installed-Size, dependencies included, November 2026.
 * npm packages: measured from the lock of the shipped clinic, Linux on amd64, November 2026.
 */
const MB = 1_000_000;

export function sizeOf(what: keyof typeof LISTED): number {
  return LISTED[what] * MB;
}

/** On disk; `null` for an image that is not in the table. */
export function baseImageBytes(name: string, tag: string | null): number | null {
  const found = BASES.find(([pattern]) => pattern.test(`${name}:${tag ?? 'latest'}`));
  return found === undefined ? null : found[1] * MB;
}

/** A Debian package with what it pulls in; `lean`: without the recommended ones. */
export function packageBytes(name: string, lean: boolean): number {
  const [least, most] = PACKAGES[name] ?? [5, 5];
  return (lean ? least : most) * MB;
}

export function npmPackageBytes(name: string): number {
  return (NPM_PACKAGES[name] ?? 0.1) * MB;
}

const LISTED = { 'apt lists': 20.9, 'apk index': 2.5, 'npm cache': 25, node: 120 };

const BASES: readonly [RegExp, number][] = [
  [/^node:.*alpine/, 159],
  [/^node:.*slim/, 229],
  [/^node:/, 1140],
  [/^ubuntu:(24\.04|noble)/, 78],
  [/^ubuntu:/, 90],
  [/^debian:.*slim/, 75],
  [/^debian:/, 117],
  [/^alpine:/, 8],
  [/distroless\/nodejs/, 155],
  [/chainguard\/node/, 145],
  [/distroless\/(cc|base)/, 30],
  [/^scratch:/, 0],
];

const PACKAGES: Readonly<Record<string, readonly [number, number]>> = {
  vim: [43, 43],
  curl: [14, 17],
  wget: [11, 12],
  git: [113, 125],
  htop: [1, 1],
  'net-tools': [1, 1],
  'iputils-ping': [2, 2],
  nodejs: [100, 118],
  npm: [234, 1007],
  tini: [0.1, 0.1],
  'dumb-init': [0.1, 0.1],
  'ca-certificates': [1, 1],
  python3: [35, 35],
  make: [2, 2],
  'g++': [200, 260],
  'build-essential': [260, 330],
};

const NPM_PACKAGES: Readonly<Record<string, number>> = {
  typescript: 24.4,
  '@img/sharp-libvips-linux-x64': 17.5,
  '@img/sharp-linux-x64': 0.9,
  '@esbuild/linux-x64': 11.4,
  mathjs: 10.2,
  '@types/node': 2.3,
  sharp: 1,
  ajv: 1,
  psl: 0.7,
  'uri-js': 0.5,
  tsx: 0.4,
  request: 0.4,
  'iconv-lite': 0.4,
  'typed-function': 0.4,
};
