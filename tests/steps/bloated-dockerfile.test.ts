import { describe, expect, test } from 'vitest';
import { baseImage } from '../../steps/08-bloated-dockerfile/base-image.ts';
import { buildContext } from '../../steps/08-bloated-dockerfile/build-context.ts';
import { builds } from '../../steps/08-bloated-dockerfile/builds.ts';
import { developmentDependencies, packages } from '../../steps/08-bloated-dockerfile/packages.ts';
import { starts } from '../../steps/08-bloated-dockerfile/starts.ts';
import { user } from '../../steps/08-bloated-dockerfile/user.ts';
import { textRun } from './text-run.ts';
import { appWith, isAsWanted, readVariants, rulesFor } from './docker-variants.ts';

const checks = { builds, baseImage, buildContext, packages, developmentDependencies, user, starts };
const rules = (changes: Readonly<Record<string, string | null>>) => rulesFor(checks, appWith(changes));

describe('a bloated Dockerfile', () => {
  test('the shipped one is refused for every flaw of the guide, and for nothing else', async () => {
    expect(await rules({})).toEqual([
      'image/unpinned-base',
      'image/heavy-base',
      'image/whole-folder',
      'image/tools-kept',
      'image/cache-in-layer',
      'image/dev-dependencies',
      'image/root-user',
    ]);
  });

  test.for(readVariants('8'))('%s', async ([, variant]) => {
    const found = await rules(variant.files);
    expect(isAsWanted(variant, found), found.join(', ')).toBe(true);
  });

  test('a base image that nobody knows leaves the user and the start undecided', async () => {
    const found = await rules({
      'app/Dockerfile':
        'FROM registry.example/company/runtime:7\nWORKDIR /app\nENV HOST=0.0.0.0\nCOPY src ./src\nCMD ["run-it"]\n',
      'app/.dockerignore': '.git\nnode_modules\n.env\n',
    });
    expect(found).toEqual(['UNDECIDED', 'UNDECIDED']);
  });

  test('what an unknown program may have made is not called missing', async () => {
    const dockerfile = (line: string) =>
      `FROM node:24-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\nCOPY src ./src\n${line}\nENV HOST=0.0.0.0\nUSER node\nCMD ["node", "out/server.js"]\n`;
    const ignore = { 'app/.dockerignore': '.git\nnode_modules\n.env\n' };
    expect(await rules({ ...ignore, 'app/Dockerfile': dockerfile('RUN true') })).toEqual([
      'image/cannot-start',
    ]);
    expect(await rules({ ...ignore, 'app/Dockerfile': dockerfile('RUN make') })).toEqual(['UNDECIDED']);
  });

  test('the X-ray shows each layer with its bytes and its waste', async () => {
    const { run, shown } = textRun(appWith({}));
    await builds(run);
    const [evidence] = shown;
    const layers = evidence?.kind === 'layers' ? evidence.layers : [];
    expect(layers.map(({ line }) => line)).toEqual([1, 3, 14, 16, 17, 18, 20, 21, 22, 24]);
    const install = layers.find(({ line }) => line === 3);
    expect(install?.exact).toBe(false);
    expect(install?.wasted).toBeGreaterThan(1e8);
    expect(layers.find(({ line }) => line === 18)?.exact).toBe(true);
  });
});
