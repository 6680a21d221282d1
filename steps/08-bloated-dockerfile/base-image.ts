import { lineageOf } from '../../harness/layers/image/stage.ts';
import { packageOf } from '../../harness/layers/run/commands/packages.ts';
import type { Run } from '../../harness/run.ts';
import { eachImage, type Image } from './images.ts';

/** The image stands on a fixed version of something small. */
export async function baseImage(run: Run): Promise<void> {
  await eachImage(run, (image) => {
    fixedVersion(run, image);
    smallEnough(run, image);
  });
}

function fixedVersion(run: Run, { file, final }: Image): void {
  const [bottom = final] = lineageOf(final);
  const { base } = final;
  if (base.family === 'scratch' || base.digest !== null) return;
  const location = { file, line: bottom.line };
  const said = base.tag === null ? 'without a tag, which means latest' : `with the tag "${base.tag}"`;
  if (base.tag === null && /\d/.test(base.name))
    return run.report({
      ruleId: 'image/floating-base',
      level: 'note',
      message: `${base.name} moves: only the major version in its name is fixed.`,
      why: 'Two builds of one commit may differ; with a digest they stand on the same bytes.',
      location,
    });
  if (base.family === 'wolfi')
    return run.report({
      ruleId: 'image/floating-base',
      level: 'note',
      message: `${base.name} is free only as latest; a digest would fix it.`,
      why: 'Two builds of one commit may differ, and nobody notices which change broke it.',
      location,
    });
  if (/^lts/.test(base.tag ?? ''))
    return run.report({
      ruleId: 'image/floating-base',
      level: 'note',
      message: `${bottom.from} moves to another major version by itself.`,
      why: 'One day the clinic runs on a Node that nobody has tried it with.',
      location,
    });
  if (base.tag !== null && !MOVING.test(base.tag)) return;
  run.report({
    ruleId: 'image/unpinned-base',
    message: `The image is built from ${base.name} ${said}: another day it is another system.`,
    tried: `Read which image the final stage of ${file} stands on.`,
    expected: 'A version in the tag, such as `24-slim`, or a digest.',
    observed: `FROM ${bottom.from}`,
    why: 'The same commit gives different images on different days, and nobody notices which change broke it.',
    location,
  });
}

function smallEnough(run: Run, { file, final, model }: Image): void {
  const { base } = final;
  if (!base.heavy) return;
  const [bottom = final] = lineageOf(final);
  const location = { file, line: bottom.line };
  const installs = model.layers.some((layer) =>
    [...layer.files.keys()].some((path) => packageOf(path) !== null),
  );
  if (base.name !== 'node' && !installs)
    return run.report({
      ruleId: 'image/heavy-base',
      level: 'note',
      message: `${bottom.from} is a whole distribution; the clinic needs Node and a C library.`,
      why: 'Every program in it is one more to pull and to patch.',
      location,
    });
  if (base.name !== 'node' && base.tag !== null && !MOVING.test(base.tag))
    return run.report({
      ruleId: 'image/heavy-base',
      level: 'note',
      message: `${bottom.from} brings the Node of its distribution, which may be past its end of life.`,
      why: 'A Node past its end of life gets no more security fixes.',
      location,
    });
  run.report({
    ruleId: 'image/heavy-base',
    message: `${bottom.from} brings much more than the clinic runs on.`,
    expected: 'An image made for running Node: slim, Alpine or distroless.',
    observed:
      base.name === 'node'
        ? 'The full Node image: compilers, version control, more than a gigabyte on disk.'
        : 'A whole distribution, on which Node is installed by hand.',
    why: 'Every byte is pulled on every new machine, and every program in it is one more to patch.',
    location,
  });
}

/** Tags that name no version. */
const MOVING = /^(latest|current.*|slim|alpine|stable.*|unstable|testing|rolling|devel|edge)$/;
