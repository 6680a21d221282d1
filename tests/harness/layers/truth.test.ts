import { describe, expect, test } from 'vitest';
import { engineVersion } from '../../../harness/layers/engine/docker.ts';
import { modelledImage, realImage, recordedImages, truthCases } from './truth.ts';

// With an engine (DOCKER_HOST or the usual socket) each case is built for real; without one the recorded images count.
const engine = await engineVersion();
const recorded = recordedImages();
const source = engine === null ? `recorded answers of docker ${recorded.engine}` : `docker ${engine}`;

describe(`the model and ${source} make the same image`, () => {
  test('there are at least sixty cases, and each has a recorded answer', () => {
    expect(truthCases().length).toBeGreaterThanOrEqual(60);
    expect(Object.keys(recorded.images).sort()).toEqual(
      truthCases()
        .map(([name]) => name)
        .sort(),
    );
  });

  test.for(truthCases())('%s', async ([name, each]) => {
    const truth = engine === null ? recorded.images[name] : await realImage(name, each);
    const mine = modelledImage(each);
    expect(truth).toBeDefined();
    if (mine.built && truth?.built === true) fillUnknown(mine.layers, truth.layers);
    expect(mine).toEqual(truth);
  });
});

/** What a program made has no digest in the model; that it is there has to agree all the same. */
function fillUnknown(
  mine: { files: Record<string, string> }[],
  truth: { files: Record<string, string> }[],
): void {
  for (const [index, { files }] of mine.entries())
    for (const path of Object.keys(files))
      if (files[path] === '?') files[path] = truth[index]?.files[path] ?? '?';
}
