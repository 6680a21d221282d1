import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseCommandLine } from '../command-line.ts';
import type { Surroundings } from '../doctor/diagnosis.ts';
import { examineAll, type Line } from '../doctor/examine-all.ts';
import { EXAMINATIONS } from '../doctor/examinations.ts';
import { mendLineEndings } from '../doctor/mend-line-endings.ts';
import { renderDoctorsWord, renderLines } from '../terminal/render-doctor.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { CLINIC_PORT, GUIDE_PORT } from '../usual-ports.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Looks at this computer and says what would stop or slow the workshop. Changes nothing, unless told to mend. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  if (options['mend-line-endings']) return mend(root, terminal);
  const surroundings: Surroundings = {
    root,
    environment: terminal.environment,
    platform: process.platform,
    nodeVersion: process.version,
    ports: { guide: options.port ?? GUIDE_PORT, clinic: options['app-port'] ?? CLINIC_PORT },
  };
  const lines = await examineAll(EXAMINATIONS, surroundings);
  const version = await workshopVersion(root);
  terminal.out(options.json ? JSON.stringify(asJson(lines, version)) : asText(lines, version, terminal));
  const code = lines.some(({ diagnosis }) => diagnosis.state === 'broken') ? 1 : 0;
  // What did not answer in time may keep the process for long, and nobody waits for it any more.
  if (lines.some(({ late }) => late)) process.stdout.write('', () => process.exit(code));
  return code;
}

function asText(lines: readonly Line[], version: string, { columns, paint }: Terminal): string {
  const heading = `Second Opinion ${version} on ${process.platform} ${process.arch}, Node.js ${process.version}`;
  return [
    '',
    paint.bold(heading),
    '',
    renderLines(lines, columns, paint),
    '',
    renderDoctorsWord(lines, paint),
  ].join('\n');
}

function asJson(lines: readonly Line[], version: string) {
  const examinations = lines.map(({ id, title, diagnosis }) => ({ id, title, ...diagnosis }));
  return {
    version,
    platform: process.platform,
    architecture: process.arch,
    node: process.version,
    examinations,
  };
}

async function mend(root: string, { out }: Terminal): Promise<number> {
  const paths = await mendLineEndings(root);
  out(paths.length === 0 ? NOTHING_TO_MEND : `${paths.join('\n')}\n\n${MENDED}`);
  return 0;
}

async function workshopVersion(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

const NOTHING_TO_MEND = 'Every file of app/ ends its lines with LF already.';
const MENDED = 'These files end their lines with LF now. `npm run undo` takes it back.';
const USAGE = `Type it like this: npm run doctor [-- options]
  --json                the lines as JSON on stdout, and nothing else there
  --port N              the port that the guide is to have (${GUIDE_PORT})
  --app-port N          the port that the clinic is to have (${CLINIC_PORT})
  --mend-line-endings   end every line of app/ with LF, after a backup
Exit code 0 when the workshop runs here, 1 when something must be repaired first.`;
const GRAMMAR = {
  usage: USAGE,
  options: { json: 'flag', port: 'port', 'app-port': 'port', 'mend-line-endings': 'flag' },
  words: { least: 0, most: 0 },
} as const;
