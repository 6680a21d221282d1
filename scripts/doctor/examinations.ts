import { examineBrowser } from './browser.ts';
import { examineClock } from './clock.ts';
import { examineEmbedded, examineNative, examineServer } from './database.ts';
import type { Examination, ExaminationId } from './diagnosis.ts';
import { examineDisk } from './disk.ts';
import { examineDocker } from './docker.ts';
import { examineEditor } from './editor.ts';
import { examineGit } from './git.ts';
import { examineHome } from './home.ts';
import { examineLineEndings } from './line-endings.ts';
import { examineNode } from './node.ts';
import { examineNpm } from './npm.ts';
import { examinePackages } from './packages.ts';
import { examinePlace } from './place.ts';
import { examineClinicPort, examineGuidePort } from './port.ts';
import { examineWatching } from './watching.ts';
import { examineWorkshopFolder } from './workshop-folder.ts';

/** In the order in which they are printed. */
export const EXAMINATIONS: readonly Examination[] = [
  examineNode,
  examineNpm,
  examinePackages,
  examineDisk,
  examineGuidePort,
  examineClinicPort,
  examineServer,
  examineNative,
  examineEmbedded,
  examineBrowser,
  examineEditor,
  examineGit,
  examineDocker,
  examineLineEndings,
  examinePlace,
  examineWatching,
  examineHome,
  examineWorkshopFolder,
  examineClock,
];

/** Those that may tell why something stopped: by the code of a `WorkshopError`, or for a fault nobody foresaw. */
export function examinationsFor(code: string | null): readonly Examination[] {
  const ids = code === null ? UNFORESEEN : (CAUSES.find(([codes]) => codes.test(code))?.[1] ?? []);
  return EXAMINATIONS.filter(({ id }) => ids.includes(id));
}

const UNFORESEEN: readonly ExaminationId[] = ['node', 'packages', 'disk', 'workshop-folder'];
const CAUSES: readonly (readonly [RegExp, readonly ExaminationId[]])[] = [
  [/^(PORT_TAKEN|LISTEN_REFUSED)$/, ['guide-port', 'clinic-port']],
  [
    /^(DATABASE_|ENGINE_|NO_UNPRIVILEGED)/,
    ['database-server', 'database-native', 'database-embedded', 'disk'],
  ],
  [/^(JOURNAL_|BACKUP_|WRITE_|SCRATCH_|LOCKED)/, ['disk', 'workshop-folder']],
  [/^(BASELINE_|STEPS_)/, ['git', 'packages']],
  [/^CLINIC_PROCESS_FAILED$/, ['node', 'packages']],
];
