import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding, Location } from '../model/finding.ts';
import { inLearnersPaths, ownStack, placeInText, placeOf } from './place.ts';
import type { ClinicReport, Frame } from './report.ts';

interface Death {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly reports: readonly ClinicReport[];
  readonly output: string;
  readonly directory: string;
}

/** Why the clinic's process ended, as a finding with the learner's file and line wherever they can be known. */
export async function explainDeath(death: Death): Promise<Finding> {
  const report = death.reports.findLast((r) => r.type !== 'ready' && r.type !== 'listening');
  const started = death.reports.some((r) => r.type === 'listening');
  switch (report?.type) {
    case 'load-failed':
      return loadFailed(report, death);
    case 'crashed':
      return crashed(report, death, started);
    case 'exit-called':
      return exited(report, death, started);
    case 'kill-called':
      return killed(report, death, started);
    case 'blocked':
      return blocked(report, death, started);
    case 'memory':
      return outOfMemory(report.frames, `${Math.round(report.bytes / MIB)} MB`, death);
    case undefined:
      return /heap out of memory|Allocation failed/.test(death.output)
        ? outOfMemory([], 'all that it may have', death)
        : endedSilently(death, started);
    default:
      return report satisfies never;
  }
}

async function loadFailed(
  report: Extract<ClinicReport, { type: 'load-failed' }>,
  death: Death,
): Promise<Finding> {
  const text = inLearnersPaths(report.message, death.directory);
  if (
    /Transform failed|SyntaxError/.test(report.message) &&
    !/does not provide an export/.test(report.message)
  ) {
    const detail = /ERROR: (.*)/.exec(report.message)?.[1] ?? text;
    return finding('clinic/syntax-error', `A file of the clinic is not valid TypeScript: ${detail}`, {
      tried: START,
      expected: 'Every file can be read as TypeScript.',
      observed: text,
      location: placeInText(report.message, death.directory) ?? placeInText(report.stack, death.directory),
    });
  }
  if (/does not provide an export/.test(report.message)) {
    return finding('clinic/missing-export', `One file imports a name that another does not export: ${text}`, {
      tried: START,
      expected: 'Every imported name is exported by the file it comes from.',
      observed: text,
      location: placeInText(report.stack, death.directory),
    });
  }
  if (report.code === 'ERR_MODULE_NOT_FOUND' || /Cannot find (module|package)/.test(report.message)) {
    return finding('clinic/missing-file', `A file imports something that is not there: ${text}`, {
      tried: START,
      expected: 'Every import leads to a file of the clinic or to an installed package.',
      observed: text,
      location:
        (await importSite(report.message, death.directory)) ?? placeInText(report.stack, death.directory),
    });
  }
  return finding(
    'clinic/start-failed',
    `The clinic threw an error while it was starting: ${report.name}: ${text}`,
    {
      tried: START,
      expected: 'The clinic starts and listens.',
      observed: ownStack(report.stack || report.message, death.directory),
      location: placeInText(report.stack, death.directory),
    },
  );
}

function crashed(
  report: Extract<ClinicReport, { type: 'crashed' }>,
  death: Death,
  started: boolean,
): Finding {
  const text = inLearnersPaths(report.message, death.directory);
  if (report.code === 'EADDRINUSE') {
    return finding('clinic/port-in-use', `The clinic asked for a port that is taken: ${text}`, {
      tried: START,
      expected: 'The clinic listens on the port in the environment variable PORT.',
      observed: text,
      location: placeInText(report.stack, death.directory) ?? { file: 'app/src/server.ts' },
    });
  }
  const rejected = report.origin === 'unhandledRejection';
  return finding(
    started ? 'clinic/crashed' : 'clinic/start-failed',
    `${rejected ? 'A promise was rejected and nobody caught it' : 'An error was thrown and nobody caught it'}, so the clinic ended: ${report.name}: ${text}`,
    {
      tried: started ? 'Send requests to the running clinic.' : START,
      expected: 'The clinic goes on running, whatever a request asks.',
      observed: ownStack(report.stack || report.message, death.directory),
      location: placeInText(report.stack, death.directory),
    },
  );
}

function exited(
  report: Extract<ClinicReport, { type: 'exit-called' }>,
  death: Death,
  started: boolean,
): Finding {
  return finding('clinic/exited', `The clinic ended itself with process.exit(${report.code}).`, {
    tried: started ? 'Send requests to the running clinic.' : START,
    expected: 'The clinic goes on running.',
    observed: `process.exit(${report.code}) was called.`,
    location: placeInText(report.stack, death.directory),
  });
}

function killed(
  report: Extract<ClinicReport, { type: 'kill-called' }>,
  death: Death,
  started: boolean,
): Finding {
  return finding('clinic/ended', `The clinic ended itself by the signal ${report.signal}.`, {
    tried: started ? 'Send requests to the running clinic.' : START,
    expected: 'The clinic goes on running.',
    observed: `process.kill was called with its own number and ${report.signal}.`,
    location: placeInText(report.stack, death.directory),
  });
}

function blocked(
  report: Extract<ClinicReport, { type: 'blocked' }>,
  death: Death,
  started: boolean,
): Finding {
  return finding(
    'clinic/endless-loop',
    `The clinic was busy for ${report.milliseconds / 1000} seconds without a pause and answered nobody, so it was stopped.`,
    {
      tried: started ? 'Send requests to the running clinic.' : START,
      expected: `Control comes back to the event loop well within ${report.milliseconds / 1000} seconds.`,
      observed: standing(report.frames, death.directory),
      why: 'One busy handler stops every user of the same process: Node runs all of them on one thread.',
      location: placeOfFrames(report.frames, death.directory),
    },
  );
}

function outOfMemory(frames: readonly Frame[], size: string, death: Death): Finding {
  return finding('clinic/out-of-memory', `The clinic took ${size} of memory and was stopped.`, {
    expected: 'A clinic with a dozen patients needs about 110 MB.',
    observed:
      frames.length === 0
        ? inLearnersPaths(death.output.slice(-600), death.directory)
        : standing(frames, death.directory),
    location: placeOfFrames(frames, death.directory),
  });
}

function endedSilently(death: Death, started: boolean): Finding {
  const how = death.signal === null ? `with exit code ${death.code}` : `by the signal ${death.signal}`;
  return finding('clinic/ended', `The clinic ended ${how}${started ? '' : ' before it listened'}.`, {
    tried: started ? 'Send requests to the running clinic.' : START,
    expected: 'A server that goes on listening on the port in the environment variable PORT.',
    observed:
      death.output.trim() === ''
        ? 'It printed nothing.'
        : inLearnersPaths(death.output.trim().slice(-1200), death.directory),
    location: placeInText(death.output, death.directory) ?? { file: 'app/src/server.ts' },
  });
}

/** Node names the importing file but no line: look for the specifier in its text. */
async function importSite(message: string, directory: string): Promise<Location | null> {
  const [, wanted, importer] =
    /Cannot find (?:module|package) '([^']+)'(?:.*?imported from (\S.*))?/s.exec(message) ?? [];
  if (wanted === undefined || importer === undefined) return null;
  const place = placeOf(importer.trim(), directory);
  if (place === null) return null;
  const text = await readFile(join(directory, place.file.slice('app/'.length)), 'utf8').catch(() => '');
  const name = wanted.split(/[\\/]/).at(-1) ?? wanted;
  const line = text.split('\n').findIndex((l) => /\bimport\b|\bfrom\b/.test(l) && l.includes(name)) + 1;
  return line > 0 ? { ...place, line } : place;
}

function placeOfFrames(frames: readonly Frame[], directory: string): Location | null {
  for (const frame of frames) {
    const place = placeOf(frame.file, directory, frame.line, frame.column);
    if (place !== null) return place;
  }
  return null;
}

function standing(frames: readonly Frame[], directory: string): string {
  const place = placeOfFrames(frames, directory);
  return place === null
    ? 'Where it stood could not be seen.'
    : `It stood at ${place.file}:${place.line ?? 1}, and had come there through ${frames
        .filter((f) => placeOf(f.file, directory) !== null)
        .slice(0, 4)
        .map((f) => f.name || '(anonymous)')
        .join(' ← ')}.`;
}

function finding(
  ruleId: string,
  message: string,
  parts: {
    readonly tried?: string;
    expected?: string;
    observed?: string;
    why?: string;
    location: Location | null;
  },
): Finding {
  const { location, ...rest } = parts;
  return { ruleId, level: 'error', message, ...rest, ...(location === null ? {} : { location }) };
}

const MIB = 1024 * 1024;
const START = 'Start the clinic: import app/src/server.ts.';
