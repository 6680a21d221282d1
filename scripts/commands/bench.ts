import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { figuresOf } from '../bench/figures.ts';
import { measure } from '../bench/measure.ts';
import { renderFigures } from '../bench/render-figures.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Measures this workshop on this computer: a table, and `bench.json`. It judges nothing. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const root = workshopRoot();
    const { environment } = terminal;
    const runs = Math.max(1, options.runs ?? RUNS);
    const say = (line: string) => terminal.note(terminal.notePaint.dim(line));
    const measurements = await measure(
      { root, runs, step: options.step ?? STEP, environment, say },
      releasers,
    );
    const figures = figuresOf(measurements);
    const computer = {
      platform: `${process.platform} ${process.arch}`,
      node: process.version,
      processor: cpus()[0]?.model ?? '',
      cores: availableParallelism(),
    };
    const file = join(root, 'bench.json');
    await writeFile(
      file,
      `${JSON.stringify({ at: new Date().toISOString(), computer, figures, measurements }, null, 2)}\n`,
    );
    terminal.out(`${renderFigures(figures)}\n\n${Object.values(computer).join(', ')}\nAll values: ${file}`);
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const RUNS = 15;
const STEP = '7';
const USAGE = `Type it like this: npm run bench [-- options]
  --runs N   how often each is measured (${RUNS})
  --step N   the step whose verdict is measured (${STEP})`;
const GRAMMAR = {
  usage: USAGE,
  options: { runs: 'number', step: 'text' },
  words: { least: 0, most: 0 },
} as const;
