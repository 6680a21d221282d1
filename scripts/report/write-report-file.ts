import { readFile } from 'node:fs/promises';
import { join, relative, isAbsolute } from 'node:path';
import { REPORT_MARK } from '../../docs/pages/report-file.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { writeAtomically } from '../../store/atomic-file.ts';
import { errnoOf, sayingDiskErrors } from '../../store/disk-error.ts';

/**
 * Writes a report where somebody asked for it, over an earlier report and over nothing else.
 * Throws `REPORT_REFUSED` for another file and for a place in app/, `REPORT_UNWRITABLE`.
 */
export async function writeReportFile(root: string, file: string, page: string): Promise<void> {
  const inApp = relative(join(root, 'app'), file);
  if (!inApp.startsWith('..') && !isAbsolute(inApp))
    throw refused(file, 'that is among the files of the clinic');
  const there = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (errnoOf(cause) === 'ENOENT') return null;
    if (errnoOf(cause) === 'EISDIR') throw refused(file, 'that is a folder');
    return '';
  });
  if (there !== null && !there.includes(REPORT_MARK))
    throw refused(file, 'a file is there that is no report');
  const told = {
    code: 'REPORT_UNWRITABLE',
    attempted: 'The report was to be written',
    path: file,
    folder: root,
  };
  await sayingDiskErrors(told, () => writeAtomically(file, page));
}

function refused(file: string, why: string): WorkshopError {
  return new WorkshopError('REPORT_REFUSED', `The report was to be written to ${file}, and ${why}.`, {
    remedy: 'Choose another name: npm run report -- --html report.html',
  });
}
