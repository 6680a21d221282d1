import type { Stage } from '../image/stage.ts';
import type { BuildInput, ContextFile } from './input.ts';

/** A build while it is computed. */
export interface Build {
  readonly input: BuildInput;
  readonly sent: ReadonlyMap<string, ContextFile>;
  readonly stages: Stage[];
  /** ARG before the first FROM. */
  readonly globals: Map<string, string>;
  findStage(name: string, except: Stage | null): Stage | null;
}

/** What BuildKit sets by itself; the platform of the builder is taken for Linux on amd64. */
export const PLATFORM_ARGUMENTS: Readonly<Record<string, string>> = {
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
};
