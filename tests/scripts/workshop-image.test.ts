import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeBuilds } from '../../harness/layers/judged-builds.ts';
import { checkStart } from '../../harness/layers/start/check-start.ts';
import { baseImage } from '../../steps/08-bloated-dockerfile/base-image.ts';
import { buildContext } from '../../steps/08-bloated-dockerfile/build-context.ts';
import { developmentDependencies, packages } from '../../steps/08-bloated-dockerfile/packages.ts';
import { user } from '../../steps/08-bloated-dockerfile/user.ts';
import { configuration, layers, output } from '../../steps/10-secrets-in-layers/leaks.ts';
import { writtenDown } from '../../steps/10-secrets-in-layers/written-down.ts';
import { rulesFor } from '../steps/docker-variants.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const isCheckout = existsSync(join(ROOT, '.git')) && existsSync(join(ROOT, 'Dockerfile'));
if (!isCheckout)
  process.stderr.write('SKIPPED: our own Dockerfile is judged in a checkout; an image of it holds none.\n');

test.runIf(isCheckout)('our own Dockerfile is what steps 8 and 10 teach', async () => {
  const checks = {
    baseImage,
    buildContext,
    packages,
    developmentDependencies,
    user,
    layers,
    configuration,
    output,
    writtenDown,
  };
  expect(await rulesFor(checks, ownFiles())).toEqual([]);
});

test.runIf(isCheckout)(
  'our own compose file, and the image that it builds for development, keep to what they teach',
  async () => {
    // Its target holds git and what the tests need, on purpose.
    const checks = { baseImage, buildContext, user, layers, configuration, output, writtenDown };
    const compose = { 'app/docker-compose.yml': readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8') };
    expect(await rulesFor(checks, { ...ownFiles(), ...compose })).toEqual([]);
    const leaky = compose['app/docker-compose.yml'].replace('target: development', 'target: packages');
    expect(await rulesFor(checks, { ...ownFiles(), 'app/docker-compose.yml': leaky })).toContain(
      'image/root-user',
    );
  },
);

test.runIf(isCheckout)('our own image builds and finds everything that it starts', () => {
  const files = ownFiles();
  const sources = { paths: Object.keys(files).sort(), text: (path: string) => files[path] ?? null };
  const [build] = judgeBuilds(sources, null, { probes: {}, shipped: new Map() }).builds;
  const final = build?.model.final ?? null;
  expect(build?.model.events.filter(({ kind }) => kind === 'build-error')).toEqual([]);
  expect(final).not.toBeNull();
  if (final !== null) expect(checkStart(final, null)).toMatchObject({ problems: [], unknown: null });
});

/** What a fresh checkout holds, judged as if it were the clinic. Compose builds the stage with everything for tests; plain Docker builds the image to ship. */
function ownFiles(): Record<string, string> {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const paths = tracked
    .split('\0')
    .filter(
      (path) =>
        /\.(ts|json)$|^Dockerfile$|^\.dockerignore$/.test(path) &&
        !/^(app|fixtures|steps|tests)\//.test(path) &&
        existsSync(join(ROOT, path)),
    );
  return Object.fromEntries(paths.map((path) => [`app/${path}`, readFileSync(join(ROOT, path), 'utf8')]));
}
