import { WorkshopError } from '../model/workshop-error.ts';
import type { EngineAddress } from './engine-address.ts';

/** What decides which database runs; to be handed to `startEngine`. */
export interface EngineChoice {
  readonly databaseUrl?: string;
  readonly force?: EngineAddress['kind'];
}

/**
 * `wished` is what `--database` names; without it SECOND_OPINION_DATABASE does, and without both the ladder decides:
 * DATABASE_URL, then the native one, then the embedded one. Throws `DATABASE_UNKNOWN` and `DATABASE_URL_MISSING`.
 */
export function chooseEngine(environment: NodeJS.ProcessEnv, wished?: string): EngineChoice {
  const url = environment['DATABASE_URL'];
  const databaseUrl = url === undefined || url === '' ? {} : { databaseUrl: url };
  const [word, source] =
    wished === undefined
      ? [environment['SECOND_OPINION_DATABASE'] ?? '', 'SECOND_OPINION_DATABASE']
      : [wished, '--database'];
  if (word === '') return databaseUrl;
  const force = KINDS.find((kind) => kind === word);
  if (force === undefined) throw unknown(word, source);
  return { ...databaseUrl, force };
}

const KINDS = ['native', 'embedded', 'server'] as const;

const unknown = (word: string, source: string) =>
  new WorkshopError('DATABASE_UNKNOWN', `${source} was to name a database, and "${word}" is none.`, {
    remedy: `Name one of these: ${KINDS.join(', ')}. "server" is the one of DATABASE_URL.`,
  });
