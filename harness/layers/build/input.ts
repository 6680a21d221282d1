import type { SecretValues } from '../secret-values.ts';

export interface ContextFile {
  readonly bytes: Buffer;
  /** Permission bits; `0o644` where the disk keeps none. */
  readonly mode: number;
}

/** What a build is given. Nothing is read from disk. */
export interface BuildInput {
  readonly dockerfile: string;
  /** The text of the ignore file that counts; `null` when there is none. */
  readonly ignore: string | null;
  /** Every file of the folder by its path in it, with `/`: also those that the ignore file leaves out. */
  readonly context: ReadonlyMap<string, ContextFile>;
  /** The stage to stop at; without it the last one. */
  readonly target?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly secrets: SecretValues;
  /** What `--mount=type=secret,id=…` shows. */
  secretMount(id: string): Buffer;
}

/** Docker takes `Dockerfile.dockerignore` before `.dockerignore`. */
export function ignoreTextOf(
  context: ReadonlyMap<string, ContextFile>,
  dockerfilePath: string,
): string | null {
  const file = context.get(`${dockerfilePath}.dockerignore`) ?? context.get('.dockerignore');
  return file?.bytes.toString('utf8') ?? null;
}
