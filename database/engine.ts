import { WorkshopError } from '../model/workshop-error.ts';
import type { Engine, EngineAddress } from './engine-address.ts';

export type { Engine, EngineAddress } from './engine-address.ts';

export interface EngineOptions {
  /** A folder of ours for what the native server keeps; made when missing. Its content may be thrown away at any time. */
  readonly home: string;
  readonly databaseUrl?: string;
  readonly force?: EngineAddress['kind'];
  /** Lines for people: what takes long and why. */
  readonly onProgress?: (line: string) => void;
}

export async function startEngine(_options: EngineOptions): Promise<Engine> {
  throw new WorkshopError('ENGINE_UNAVAILABLE', 'No engine is built yet.', { remedy: 'Wait for the next commit.' });
}
