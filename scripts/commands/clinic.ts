import { join } from 'node:path';
import { freePort } from '../../clinic/free-port.ts';
import { fingerprint } from '../../runner/fingerprint.ts';
import { createLiveClinic } from '../../runner/live-clinic.ts';
import { watchFolder } from '../../runner/watch.ts';
import { parseCommandLine } from '../command-line.ts';
import { startEngineFor } from '../database-access.ts';
import { listenForInterrupt, untilAborted } from '../interrupt.ts';
import { createReleasers } from '../releasers.ts';
import { createClinicNarrator } from '../terminal/clinic-narrator.ts';
import { renderError } from '../terminal/render-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { CLINIC_PORT } from '../usual-ports.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Only the clinic, with a database of its own, restarted at each save. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const { out, paint, environment } = terminal;
  const root = workshopRoot();
  const app = join(root, 'app');
  const releasers = createReleasers();
  const { signal } = listenForInterrupt(releasers);
  try {
    const engine = await startEngineFor({
      root,
      environment,
      wished: options.database,
      say: (line) => out(paint.dim(line)),
    });
    releasers.add(() => engine.close());
    const wished = options['app-port'] ?? CLINIC_PORT;
    const port = wished === 0 ? await freePort() : wished;
    const onState = createClinicNarrator(terminal);
    const clinic = createLiveClinic({ root, app, address: engine.address, port, onState });
    releasers.add(() => clinic.close());

    let seen = await fingerprint(app);
    let showing: Promise<void> = Promise.resolve();
    const show = async () => {
      const now = await fingerprint(app);
      if (now === seen) return;
      // Before the restart: two saves in a row wait for the same one, and the older would be remembered last.
      seen = now;
      await clinic.restart();
    };
    const onFault = (error: unknown) => terminal.note(renderError(error, terminal));
    // One look after the other, so that none is out of date.
    const saved = () => void (showing = showing.then(show, show)).catch(onFault);
    const watching = await watchFolder(app, saved);
    releasers.add(() => watching.close());
    await clinic.restart();
    await untilAborted(signal);
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run clinic [-- options]
  --app-port N   its port (8000)
  --database KIND  native, embedded or server (DATABASE_URL); without it the best that runs here`;
const GRAMMAR = {
  usage: USAGE,
  options: { 'app-port': 'port', database: 'text' },
  words: { least: 0, most: 0 },
} as const;
