import { WorkshopError } from '../model/workshop-error.ts';
import type { Database } from './cluster/database.ts';
import type { EngineAddress } from './engine-address.ts';

export type { Database } from './cluster/database.ts';

/** A database that clones are copied from. Nobody connects to it once it is built. */
export interface Template {
  readonly name: string;
  readonly key: string;
}

export interface Cluster {
  readonly address: EngineAddress;
  /** The clinic's role: no superuser, owner of the clones and of what is in them, not of the templates. */
  readonly role: { readonly name: string; readonly password: string };
  /** Built once per key over all processes; what an interrupted process left half-built is built anew. */
  template(key: string, build: (database: Database) => Promise<void>): Promise<Template>;
  /** `purpose` is for people who list databases: a short word. */
  clone(template: Template, purpose: string): Promise<Database>;
  /** Drops clones whose creating process is gone and templates beyond the newest; answers how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

export async function openCluster(_address: EngineAddress): Promise<Cluster> {
  throw new WorkshopError('ENGINE_UNAVAILABLE', 'No cluster is built yet.', { remedy: 'Wait for the next commit.' });
}
