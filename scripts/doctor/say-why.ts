import { WorkshopError } from '../../model/workshop-error.ts';
import { renderLines } from '../terminal/render-doctor.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Surroundings } from './diagnosis.ts';
import { examineAll } from './examine-all.ts';
import { examinationsFor } from './examinations.ts';

/** Says, after what stopped a command, the doctor's lines that may be its cause; nothing when all of them are well. */
export async function sayWhy(
  stopped: unknown,
  ports: Surroundings['ports'],
  root: string,
  terminal: Pick<Terminal, 'note' | 'notePaint' | 'columns' | 'environment'>,
): Promise<void> {
  const { environment, columns, notePaint } = terminal;
  const { platform, version: nodeVersion } = process;
  const examinations = examinationsFor(codeOf(stopped));
  const lines = await examineAll(examinations, { root, environment, platform, nodeVersion, ports });
  const unwell = lines.filter(({ diagnosis }) => diagnosis.state !== 'ok');
  if (unwell.length > 0)
    terminal.note(`${renderLines(unwell, columns, notePaint)}\n  ${notePaint.dim(MORE)}`);
}

/** `null` for what nobody foresaw. */
function codeOf(stopped: unknown): string | null {
  if (stopped instanceof WorkshopError) return stopped.code;
  const named = typeof stopped === 'object' && stopped !== null && 'remedy' in stopped && 'code' in stopped;
  return named && typeof stopped.code === 'string' ? stopped.code : null;
}

const MORE = 'All of it: npm run doctor';
