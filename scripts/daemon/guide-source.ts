import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuideSource } from '../../docs/guide-source.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { createFileKeeper } from '../../store/kept-files.ts';
import { loadXray, xrayFile } from '../../store/step-xray.ts';
import { loadStepContent, stepTexts } from '../../store/step-content.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { Workshop } from '../workshop.ts';
import { openEditor } from './open-editor.ts';
import { createPageWork } from './page-work.ts';
import type { ProgressFeed } from './progress-feed.ts';
import type { Steering } from './steering.ts';

export interface GuideParts {
  readonly workshop: Workshop;
  readonly workspace: Workspace;
  readonly feed: ProgressFeed;
  readonly steering: Steering;
  readonly clinicUrl: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** What the guide shows and may ask for, put together from the rooms that know it. */
export function createGuideSource(parts: GuideParts): GuideSource {
  const { workshop, workspace, feed, steering, clinicUrl, environment } = parts;
  const { shows, does } = createPageWork({ workshop, workspace, progress: feed.progress });
  let shipped: Promise<FileTree> | null = null;
  // Apart, since the same files may give several things.
  const [keepContent, keepXray, keepText] = [createFileKeeper(), createFileKeeper(), createFileKeeper()];
  const baseline = () => (shipped ??= workspace.baseline());
  return {
    clinicUrl,
    steps: () => workshop.catalogue,
    content: (step) => keepContent(stepTexts(step), () => loadStepContent(step)),
    shippedXray: (step) => keepXray([xrayFile(step)], () => loadXray(step)),
    // A guide quotes the clinic as it was shipped: a learner's fix must not tear a page apart.
    readSource: async (path) =>
      (path.startsWith('app/') ? (await baseline()).get(path)?.toString('utf8') : undefined) ??
      readFile(join(workshop.root, path), 'utf8').catch(() => Promise.reject(missing(path))),
    text(name) {
      const file = join(workshop.root, 'docs', 'content', `${name}.md`);
      return keepText([file], () => readFile(file, 'utf8').catch(() => null));
    },
    ...shows,
    progress: feed.progress,
    follow: feed.follow,
    actions: {
      ...does,
      check: steering.check,
      revealHint: async (slug) => (await steering.hint(slug)).number,
      openStep: steering.open,
      openEditor: (file, line) => openEditor(workshop.root, environment, file, line),
    },
  };
}

function missing(path: string): WorkshopError {
  return new WorkshopError('SOURCE_MISSING', `The guide quotes ${path}, and there is no such file.`, {
    remedy: 'Correct the path after `<<<` in the guide, or bring the file back.',
  });
}
