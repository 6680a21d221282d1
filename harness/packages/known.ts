import { readFileSync } from 'node:fs';
import { z } from 'zod';

const namesSchema = z.record(z.string(), z.string());

/** One published version as the registry describes it, without what no judge and no lock needs. */
const knownPackageSchema = z.strictObject({
  integrity: z.string(),
  /** Unpacked. Published by the registry; for old versions the length of the unpacked archive. */
  bytes: z.number(),
  deprecated: z.literal(true).optional(),
  dependencies: namesSchema.optional(),
  optionalDependencies: namesSchema.optional(),
  peerDependencies: namesSchema.optional(),
  peerDependenciesMeta: z.record(z.string(), z.strictObject({ optional: z.boolean() })).optional(),
  bin: namesSchema.optional(),
  engines: namesSchema.optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  hasInstallScript: z.literal(true).optional(),
});

const knownPackagesSchema = z.strictObject({
  /** The day on which the registry was asked. */
  date: z.iso.date(),
  /** By `name@version`. */
  packages: z.record(z.string(), knownPackageSchema),
});

export type KnownPackage = z.infer<typeof knownPackageSchema>;
export type KnownPackages = z.infer<typeof knownPackagesSchema>;

/** Versions of which the workshop knows what npm published. A version that is not in it is no worse for that. */
export function readKnownPackages(): KnownPackages {
  return knownPackagesSchema.parse(JSON.parse(readFileSync(KNOWN, 'utf8')));
}

const KNOWN = new URL('../../fixtures/known-packages.json', import.meta.url);
