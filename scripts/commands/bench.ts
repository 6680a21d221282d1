import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Aim, aimsOf } from '../bench/aims.ts';
import { type Figure, figuresOf } from '../bench/figures.ts';
import { measure } from '../bench/measure.ts';
import { renderFigures } from '../bench/render-figures.ts';
import { renderMarkdown, replaceSection } from '../bench/render-markdown.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Measures this workshop on this computer: a table, and `bench.json`. It judges nothing. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const database = databaseOf(options.database ?? 'native', terminal.environment);
  const root = workshopRoot();
  const releasers = createReleasers();
  try {
    const runs = Math.max(1, options.runs ?? (options.quick ? QUICK_RUNS : RUNS));
    const say = (line: string) => terminal.note(terminal.notePaint.dim(line));
    const steps = words.map(Number);
    const install = !options.quick;
    const { environment } = terminal;
    const measured = await measure({ root, runs, steps, database, install, environment, say }, releasers);
    const figures = figuresOf(measured.measurements);
    const aims = aimsOf(figures);
    const computer = describeComputer();
    const at = new Date().toISOString();
    const file = join(root, 'bench.json');
    await writeFile(
      file,
      `${JSON.stringify({ at, computer, database, figures, aims, ...measured }, null, 2)}\n`,
    );
    if (options.write) await writeDocument(root, database, { figures, aims, at, computer });
    const shown = [renderFigures(figures), aims.map(lineOf).join('\n')];
    terminal.out([...shown, Object.values(computer).join(', '), `All values: ${file}`].join('\n\n'));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

function databaseOf(word: string, environment: NodeJS.ProcessEnv): 'native' | 'embedded' | 'server' {
  if (word === 'server' && (environment['DATABASE_URL'] ?? '') === '')
    throw usageError(
      '--database server measures the server that DATABASE_URL names, and it is not set.',
      USAGE,
    );
  if (word === 'native' || word === 'embedded' || word === 'server') return word;
  throw usageError(`--database is native, embedded or server, and "${word}" was given.`, USAGE);
}

function describeComputer() {
  return {
    platform: `${process.platform} ${process.arch}`,
    node: `Node.js ${process.version}`,
    processor: cpus()[0]?.model ?? '',
    cores: `${availableParallelism()} cores`,
    memory: `${Math.round(totalmem() / 1e9)} GB`,
  };
}

async function writeDocument(
  root: string,
  database: string,
  {
    figures,
    aims,
    at,
    computer,
  }: { figures: readonly Figure[]; aims: readonly Aim[]; at: string; computer: object },
): Promise<void> {
  const file = join(root, 'docs', 'benchmarks.md');
  const where = `Measured on ${at.slice(0, 10)}: ${Object.values(computer).join(', ')}.`;
  const text = renderMarkdown(figures, aims, where);
  await writeFile(file, replaceSection(await readFile(file, 'utf8'), `measured on ${database}`, text));
}

const lineOf = ({ aim, found, met }: Aim) => `${met === null ? '–' : met ? '✓' : '✗'} ${aim}: ${found}`;

const RUNS = 10;
const QUICK_RUNS = 3;
const USAGE = `Type it like this: npm run bench [number of a step …] [-- options]
  --runs N             how often each save is measured (${RUNS})
  --quick              ${QUICK_RUNS} times, and without npm ci
  --database KIND      native (the usual one), embedded, or server (DATABASE_URL)
  --write              puts the tables into docs/benchmarks.md`;
const GRAMMAR = {
  usage: USAGE,
  options: { runs: 'number', quick: 'flag', database: 'text', write: 'flag' },
  words: { least: 0, most: Infinity },
} as const;
