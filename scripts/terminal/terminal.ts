import { createPaint, type Paint } from './paint.ts';

/** Where a command writes. Results go to `out`; what is said meanwhile, and errors, go to `note`, so that a pipe stays clean. */
export interface Terminal {
  out(text: string): void;
  note(text: string): void;
  /** Colours of `out` and of `note`; they are off one by one, because one may be a pipe. */
  readonly paint: Paint;
  readonly notePaint: Paint;
  /** Letters in a line: the window's, and never more than reads well. */
  readonly columns: number;
  /** A person sits there who can be asked. */
  readonly interactive: boolean;
  /** Somebody sees `note` as it is written. */
  readonly watched: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly environment: NodeJS.ProcessEnv;
}

export function createTerminal(process: NodeJS.Process): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // Somebody who reads only the first lines (`| head`) closes the pipe: that is no fault.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    paint: createPaint(wantsColour(stdout, env)),
    notePaint: createPaint(wantsColour(stderr, env)),
    columns: columnsOf(stdout),
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    watched: stderr.isTTY === true,
    stdin,
    environment: env,
  };
}

/** https://no-color.org: any value that is not empty. `FORCE_COLOR` is what pipelines set that show colours. */
function wantsColour(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** A terminal that does not know its width says nothing, or 0. */
function columnsOf(stdout: NodeJS.WriteStream): number {
  const known = stdout.columns > 0 ? stdout.columns : WIDEST;
  return Math.max(NARROWEST, Math.min(known, WIDEST));
}

const NARROWEST = 40;
const WIDEST = 100;
