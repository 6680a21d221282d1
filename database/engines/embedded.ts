import { WorkshopError } from '../../model/workshop-error.ts';
import type { Engine } from '../engine-address.ts';

/** The rung below the native server: PGlite, for machines that can't run one. */
export async function startEmbedded(): Promise<Engine> {
  throw new WorkshopError(
    'ENGINE_UNAVAILABLE',
    'The embedded database is not part of this version of the workshop.',
    {
      remedy: 'Set DATABASE_URL to a PostgreSQL of your own (14 or newer) and start again.',
    },
  );
}
