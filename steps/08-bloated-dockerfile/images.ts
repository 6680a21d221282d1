import { type JudgedBuild, judgeBuilds, type JudgedBuilds } from '../../harness/layers/judged-builds.ts';
import type { Run } from '../../harness/run.ts';
import type { Stage } from '../../harness/layers/image/stage.ts';

/** A build whose final stage is known. */
export interface Image extends JudgedBuild {
  readonly final: Stage;
}

/** The learner's images, modelled once for all checks of a run. */
export async function images(run: Run): Promise<JudgedBuilds> {
  return judgeBuilds(run.sources, run.random, { probes: PROBES, shipped: new Map() });
}

export async function eachImage(run: Run, judge: (image: Image) => void): Promise<void> {
  const { builds } = await run.once(images);
  for (const build of builds) if (build.model.final !== null) judge({ ...build, final: build.model.final });
}

/** What every real folder holds sooner or later. It is planted, so that a folder without it proves nothing. */
const PROBES: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/objects/4b/825dc642cb6eb9a060e54bf8d69288fbee4904': 'an object of the history\n',
  'node_modules/express/index.js': 'module.exports = null;\n',
  'node_modules/express/package.json': '{ "name": "express" }\n',
  'npm-debug.log': 'a log\n',
  '.env': 'LOG_LEVEL=debug\n',
};
