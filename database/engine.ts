import { WorkshopError } from '../model/workshop-error.ts';
import type { Engine, EngineAddress } from './engine-address.ts';
import { startEmbedded } from './engines/embedded.ts';
import { nativeFailure, startNative } from './engines/native.ts';
import { startServer } from './engines/server.ts';

export type { Engine, EngineAddress } from './engine-address.ts';

export interface EngineOptions {
  /** A folder of ours for what the native server keeps; made when missing. Its content may be thrown away at any time. */
  readonly home: string;
  readonly databaseUrl?: string;
  readonly force?: EngineAddress['kind'];
  /** Lines for people: what takes long and why. */
  readonly onProgress?: (line: string) => void;
}

/**
 * The learner's own server where there is a URL, else PostgreSQL from npm, else the embedded one.
 * Throws `WorkshopError`: `DATABASE_…` when a server refuses, `ENGINE_UNAVAILABLE` when this machine can run none.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const say = options.onProgress ?? (() => undefined);
  const { home, databaseUrl } = options;
  switch (options.force ?? (databaseUrl === undefined ? 'ladder' : 'server')) {
    case 'server':
      if (databaseUrl === undefined) throw noUrl();
      return startServer(databaseUrl);
    case 'native':
      return startNative(home, say).catch((error: unknown) => {
        throw nativeFailure(error);
      });
    case 'embedded':
      return startEmbedded(home, say);
    case 'ladder':
      return startBestLocal(home, say);
  }
}

/** Why the native one could not start is the more useful reason, when neither can. */
async function startBestLocal(home: string, say: (line: string) => void): Promise<Engine> {
  try {
    return await startNative(home, say);
  } catch (error) {
    const failure = nativeFailure(error);
    say(`${failure.message} So the embedded database (PGlite) is used.`);
    return startEmbedded(home, say).catch(() => {
      throw failure;
    });
  }
}

const noUrl = () =>
  new WorkshopError('DATABASE_URL_MISSING', 'A server was asked for, and DATABASE_URL is not set.', {
    remedy: 'Set DATABASE_URL to postgres://user:password@host:5432/postgres and start again.',
  });
