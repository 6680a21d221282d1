import { relative } from 'node:path';
import { createJudge } from '../../../runner/judge.ts';
import { recordXray } from '../../../runner/record-xray.ts';
import { findStep, loadCatalogue } from '../../../store/catalogue.ts';
import { openWorkspace } from '../../../store/workspace/workspace.ts';
import { parseCommandLine } from '../../command-line.ts';
import { NO_DATABASE, openDatabase } from '../../database-access.ts';
import { listenForInterrupt } from '../../interrupt.ts';
import { createReleasers } from '../../releasers.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Records what the clinic as shipped shows in the X-ray of each step, or of those named. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const say = (line: string) => {
    if (terminal.watched) terminal.note(terminal.notePaint.dim(line));
  };
  const releasers = createReleasers();
  try {
    const { signal } = listenForInterrupt(releasers);
    const root = workshopRoot();
    const catalogue = await loadCatalogue(root);
    const named = words.map((word) => findStep(catalogue, word));
    const steps = named.length > 0 ? named : catalogue.filter(({ xray }) => xray !== undefined);
    const baseline = await (await openWorkspace({ root })).baseline();
    const database = steps.some(({ needs }) => needs !== 'nothing')
      ? (await openDatabase({ root, environment: terminal.environment, say }, releasers)).forJudge
      : NO_DATABASE;
    const judge = createJudge({ root, database });
    releasers.add(() => judge.close());
    for (const step of steps) {
      const file = await recordXray({ root, step, baseline, judge, signal });
      terminal.out(`Recorded ${relative(root, file)}.`);
    }
    return signal.aborted ? 130 : 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run author xray [step …]
  without a step, every step whose step.json names an X-ray
Judges the clinic as shipped and writes what its X-ray shows to steps/NN-slug/xray.json.`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: Infinity } } as const;
