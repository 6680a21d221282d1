import { describe, expect, test } from 'vitest';
import { docker, engineVersion } from '../../../harness/layers/engine/docker.ts';
import { modelledImage, realImage, recordedImages, truthCases } from './truth.ts';

// With an engine (DOCKER_HOST or the usual socket) each case is built for real; without one the recorded images count.
const BASE = 'node:24-slim';
const engine = await buildingEngine();
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

/** An engine that can't fetch the base image can build nothing, and says nothing about the model. */
async function buildingEngine(): Promise<string | null> {
  const version = await engineVersion();
  if (version === null) return null;
  const limits = { milliseconds: 300_000 };
  const there = await docker(['image', 'inspect', BASE], limits);
  if (there.code === 0 || (await docker(['pull', '-q', BASE], limits)).code === 0) return version;
  process.stderr.write(`SKIPPED: docker ${version} can't fetch ${BASE}, so the recorded answers count.\n`);
  return null;
}

/** What a program made has no digest in the model; that it is there has to agree all the same. */
function fillUnknown(
  mine: { files: Record<string, string> }[],
  truth: { files: Record<string, string> }[],
): void {
  for (const [index, { files }] of mine.entries())
    for (const path of Object.keys(files))
      if (files[path] === '?') files[path] = truth[index]?.files[path] ?? '?';
}
