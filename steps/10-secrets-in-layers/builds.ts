import { checkStart } from '../../harness/layers/start/check-start.ts';
import type { Run } from '../../harness/run.ts';
import { images } from './images.ts';
import { showLayers, undecided } from './places.ts';

/** The image still builds and starts: leaving everything out is no fix. */
export async function builds(run: Run): Promise<void> {
  await showLayers(run);
  const { builds: found } = await run.once(images);
  if (found.length === 0)
    return run.report({
      ruleId: 'secrets/does-not-build',
      message: 'There is no app/Dockerfile any more, so the clinic has no image.',
      why: 'An image that is not there keeps every secret, and helps nobody.',
      location: { file: 'app/Dockerfile' },
    });
  let unknown: Error | null = null;
  for (const { file, model, service } of found) {
    const broken = model.events.filter((event) => event.kind === 'build-error');
    for (const event of broken)
      run.report({
        ruleId: 'secrets/does-not-build',
        message: event.message,
        tried: `Follow the instructions of ${file} with what its ignore file lets through.`,
        expected: 'Every instruction finds what it needs.',
        why: 'Whoever deploys the clinic gets no image, and keeps running the old one, with the keys in it.',
        location: { file, line: event.line },
      });
    if (model.final === null || broken.length > 0) continue;
    const check = checkStart(model.final, service);
    for (const problem of check.problems)
      run.report({
        ruleId: 'secrets/cannot-start',
        message: `The container can't start: ${problem}.`,
        expected: 'The start command, its files and their packages are in the final image.',
        why: 'An image that leaves everything out keeps its secrets, and nobody has a clinic.',
        location: { file, line: check.line },
      });
    if (check.unknown !== null)
      unknown = undecided(file, check.line, `whether the container starts: ${check.unknown}`);
  }
  if (unknown !== null) throw unknown;
}
