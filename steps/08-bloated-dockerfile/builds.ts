import { estimateBytes, layersEvidence } from '../../harness/layers/layers-evidence.ts';
import type { Run } from '../../harness/run.ts';
import { type Image, images } from './images.ts';
import { isWaste } from './waste.ts';

/** The Dockerfile builds in a fresh folder; also shows the layers as they are. */
export async function builds(run: Run): Promise<void> {
  const { builds: found, compose } = await run.once(images);
  if (found.length === 0) return run.report(NO_DOCKERFILE);
  if (compose !== null && compose.problem !== null)
    run.report({
      ruleId: 'image/compose-unreadable',
      message: `Docker can't read ${compose.file}: ${compose.problem}.`,
      why: 'Nobody can start clinic and database together any more.',
      location: { file: compose.file },
    });
  for (const { file, model } of found) {
    for (const event of model.events)
      if (event.kind === 'build-error')
        run.report({
          ruleId: 'image/does-not-build',
          message: event.message,
          tried: `Follow the instructions of ${file} in a fresh checkout, with what its ignore file lets through.`,
          expected: 'Every instruction finds what it needs.',
          observed: event.message,
          why: 'Whoever deploys the clinic gets no image, and keeps running the last one that could be built.',
          location: { file, line: event.line },
        });
    if (model.final === null) continue;
    const image: Image = { file, model, final: model.final, service: null };
    run.show(
      layersEvidence(model, {
        isWaste: (path, node) => isWaste(image, path, node),
        leaks: [],
        command: () => '',
      }),
    );
    const bytes = estimateBytes(model);
    if (bytes !== null)
      run.report({
        ruleId: 'image/size',
        level: 'note',
        message: `${file}: about ${rounded(bytes)} on disk. This is an estimate from dated tables; nothing is graded by it.`,
        why: 'Every machine that starts the clinic downloads and keeps that much.',
        location: { file },
      });
  }
}

const rounded = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e7) * 10} MB`;

const NO_DOCKERFILE = {
  ruleId: 'image/does-not-build',
  message: 'There is no app/Dockerfile any more, so the clinic has no image.',
  expected: 'A Dockerfile in app/, or one that the compose file names.',
  why: 'No image is small, and none runs either.',
  location: { file: 'app/Dockerfile' },
} as const;
