import { parseCommandLine } from '../command-line.ts';
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import { createKeyboard, KEYS } from '../daemon/keyboard.ts';
import { mayOpenBrowser, openBrowser } from '../daemon/open-browser.ts';
import { type Interrupt, listenForInterrupt, untilAborted } from '../interrupt.ts';
import { createReleasers, type Releasers } from '../releasers.ts';
import { listenForKeys } from '../terminal/keys.ts';
import { createClinicNarrator } from '../terminal/clinic-narrator.ts';
import { createNarrator } from '../terminal/narrator.ts';
import { renderError } from '../terminal/render-error.ts';
import { renderEngine, renderNoDatabase, renderStart } from '../terminal/render-start.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { CLINIC_PORT, GUIDE_PORT } from '../usual-ports.ts';
import { workshopRoot } from '../workshop-root.ts';

/** The workshop: everything runs until somebody ends it. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  const interruption = listenForInterrupt(releasers);
  const { out, paint, columns, environment } = terminal;
  const onFault = (error: unknown) => terminal.note(renderError(error, terminal));
  const ports = { guide: options.port ?? GUIDE_PORT, clinic: options['app-port'] ?? CLINIC_PORT };
  // The doctor is fetched when something is wrong.
  const why = async (stopped: unknown) => {
    const { sayWhy } = await import('../doctor/say-why.ts');
    await sayWhy(stopped, ports, workshopRoot(), terminal);
  };
  try {
    out(paint.bold('Second Opinion'));
    const narrateClinic = createClinicNarrator(terminal);
    const daemon = await startDaemon(
      {
        root: workshopRoot(),
        environment,
        port: ports.guide,
        appPort: ports.clinic,
        step: options.step,
        wished: options.database,
        say: (line) => out(paint.dim(line)),
        onClinic(state) {
          narrateClinic(state);
          if (state.state === 'errored') why(state.problem).catch(onFault);
        },
        onFault,
      },
      releasers,
    );
    const { workshop, steering, feed, guideUrl, clinicUrl } = daemon;
    releasers.add(feed.follow(createNarrator(terminal, workshop.catalogue, steering.current)));
    if (terminal.interactive) takeKeys(daemon, terminal, interruption, onFault, releasers);

    out(
      renderStart({
        guideUrl,
        clinicUrl,
        step: steering.current(),
        steps: workshop.catalogue.length,
        paint,
      }),
    );
    const mayOpen = terminal.interactive && !options['no-open'] && mayOpenBrowser(environment);
    if (mayOpen) openBrowser(guideUrl);
    daemon.ready.then(({ forJudge, address }) => {
      if (address !== null) out(paint.dim(renderEngine(address.kind, address.version)));
      else if ('problem' in forJudge) {
        out(renderNoDatabase(forJudge.problem, columns, paint));
        // A server of one's own has said already all that the doctor would.
        if ((environment['DATABASE_URL'] ?? '') === '') why(forJudge.problem).catch(onFault);
      }
      if (terminal.interactive) out(`\n${paint.dim(KEYS)}`);
    }, onFault);

    await untilAborted(interruption.signal);
    out(`\n${paint.dim(CLOSING)}`);
    return 0;
  } catch (error) {
    onFault(error);
    await why(error);
    return 2;
  } finally {
    await releasers.closeAll();
  }
}

function takeKeys(
  daemon: Daemon,
  terminal: Terminal,
  { interrupt: quit }: Interrupt,
  onFault: (error: unknown) => void,
  releasers: Releasers,
): void {
  releasers.add(listenForKeys(terminal, createKeyboard({ daemon, terminal, quit, onFault })));
  terminal.stdin.once('end', quit);
}

const CLOSING = 'Closing. Your files stay as they are; npm start goes on where you stopped.';
const USAGE = `Type it like this: npm start [-- options]
  --no-open      open no browser
  --port N       the guide's port (4000)
  --app-port N   the clinic's port (8000)
  --step N       begin at this step
  --database KIND  native, embedded or server (DATABASE_URL); without it the best that runs here`;
const GRAMMAR = {
  usage: USAGE,
  options: { 'no-open': 'flag', port: 'port', 'app-port': 'port', step: 'text', database: 'text' },
  words: { least: 0, most: 0 },
} as const;
