import { connect } from 'node:net';
import { join } from 'node:path';
import { chooseEngine } from '../../database/chosen-engine.ts';
import { chooseAccount } from '../../database/engines/native/account.ts';
import { locatePackage, prepareBinaries } from '../../database/engines/native/binaries.ts';
import { openRoom } from '../../database/engines/native/room.ts';
import { startServer } from '../../database/engines/server.ts';
import { parseDatabaseUrl } from '../../database/engines/server/database-url.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { broken, type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

/** The three rungs, from the first that is tried to the last. */
export const examineServer: Examination = {
  id: 'database-server',
  title: 'Own PostgreSQL',
  async examine({ environment }, signal) {
    const url = environment['DATABASE_URL'] ?? '';
    try {
      const { force } = chooseEngine(environment);
      if (force !== undefined && force !== 'server')
        return ok(`passed over: SECOND_OPINION_DATABASE is ${force}`);
      if (url === '' && force === undefined)
        return ok('none named (DATABASE_URL is not set), and none is needed');
      const { host, port } = parseDatabaseUrl(url);
      const place = `${host} port ${port}`;
      if (!host.startsWith('/') && !(await answers(host, port, signal)))
        return broken(`DATABASE_URL names ${place}, where nothing answers`, UNSET);
      const engine = await startServer(url);
      await engine.close();
      return ok(`${engine.address.version} at ${place} (DATABASE_URL)`);
    } catch (error) {
      return broken(reasonOf(error), error instanceof WorkshopError ? error.remedy : UNSET);
    }
  },
};

export const examineNative: Examination = {
  id: 'database-native',
  title: 'PostgreSQL (npm)',
  async examine({ root }) {
    try {
      const room = await openRoom(join(root, '.workshop', 'engine'), await chooseAccount());
      const { version } = await prepareBinaries(locatePackage(), room);
      return ok(`${version} starts here`);
    } catch (error) {
      const says = reasonOf(error);
      const remedy =
        error instanceof WorkshopError && error.code !== 'ENGINE_UNAVAILABLE' ? error.remedy : CI;
      return hasEmbedded()
        ? warning(`${says} The embedded one takes its place.`, remedy)
        : broken(says, remedy);
    }
  },
};

export const examineEmbedded: Examination = {
  id: 'database-embedded',
  title: 'PostgreSQL (embedded)',
  async examine(): Promise<Diagnosis> {
    return hasEmbedded() ? ok('present, for when the other does not start') : warning('not installed', CI);
  },
};

function hasEmbedded(): boolean {
  try {
    import.meta.resolve('@electric-sql/pglite');
    return true;
  } catch {
    return false;
  }
}

/** Asked first, because a driver waits longer for a server that never answers than a doctor may. */
function answers(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
const CI = 'npm ci --include=optional';
const UNSET = 'Start that server, or unset DATABASE_URL to use the PostgreSQL that comes with the workshop.';
