import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineVersion } from '../../../harness/layers/engine/docker.ts';
import { createImageLayout, type ImageLayout } from '../../../harness/layers/oci/image-layout.ts';
import { readTar } from '../../../harness/layers/oci/read-tar.ts';
import { createTar } from '../../../harness/layers/oci/tar.ts';
import { modelFolder, readCases } from './leak-cases.ts';

const flawed = readCases().get('01-flawed') ?? new Map<string, Buffer>();
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const engine = await engineVersion();
const absent = [
  ...['skopeo', 'buildah'].filter((program) => !has(program)),
  ...(engine === null ? ['a Docker engine'] : []),
];
if (absent.length > 0)
  process.stderr.write(`SKIPPED: the image was not handed to ${absent.join(', ')}: not here.\n`);

describe('the image that is written without Docker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-oci-'));
  let layout: ImageLayout;

  beforeAll(() => {
    layout = createImageLayout(modelFolder(flawed), 'shop:test');
    for (const [path, bytes] of layout.files) {
      mkdirSync(dirname(join(folder, 'image', path)), { recursive: true });
      writeFileSync(join(folder, 'image', path), bytes);
    }
    const items = [...layout.files].map(([path, bytes]) => ({ path, bytes, mode: 0o644, owner: 0 }));
    writeFileSync(join(folder, 'image.tar'), createTar(items));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('names every blob by the digest of its bytes', () => {
    const blobs = [...layout.files].filter(([path]) => path.startsWith('blobs/'));
    expect(blobs.length).toBeGreaterThan(5);
    for (const [path, bytes] of blobs)
      expect(path).toBe(`blobs/sha256/${createHash('sha256').update(bytes).digest('hex')}`);
  });

  test('is the same, byte for byte, when it is written again', () => {
    const again = createImageLayout(modelFolder(flawed), 'shop:test');
    expect([...again.files.keys()]).toEqual([...layout.files.keys()]);
  });

  test('lets tar dig the deleted secret out of its layer', () => {
    const read = (layer: string | undefined) =>
      execFileSync('tar', ['-tf', join(folder, 'image', layer ?? '')], { encoding: 'utf8' });
    const holding = layout.layers.find((layer) => read(layer).includes('app/.secrets\n'));
    const text = execFileSync('tar', ['-xOf', join(folder, 'image', holding ?? ''), 'app/.secrets'], {
      encoding: 'utf8',
    });
    expect(text).toContain('PAYMENT_API_KEY=');
    expect(layout.layers.some((layer) => read(layer).includes('app/.wh..secrets'))).toBe(true);
  });

  test('keeps names that are longer than a tar header', () => {
    const path = `${'folder-'.repeat(30)}/${'x'.repeat(150)}.txt`;
    const tar = createTar([{ path, bytes: Buffer.from('here'), mode: 0o600, owner: 7 }]);
    expect(readTar(tar)?.map((entry) => [entry.path, entry.bytes.toString('utf8'), entry.mode])).toEqual([
      [path, 'here', 0o600],
    ]);
  });

  test.runIf(has('skopeo'))('is accepted by skopeo', () => {
    const shown = execFileSync('skopeo', ['inspect', `oci:${join(folder, 'image')}:test`], {
      encoding: 'utf8',
    });
    const parsed: unknown = JSON.parse(shown);
    expect(parsed).toMatchObject({ Os: 'linux', Architecture: 'amd64' });
    execFileSync('skopeo', [
      'copy',
      '-q',
      `oci:${join(folder, 'image')}:test`,
      `dir:${join(folder, 'copied')}`,
    ]);
    expect(readFileSync(join(folder, 'copied', 'manifest.json'), 'utf8')).toContain('layers');
  });

  test.runIf(has('buildah'))('is pulled, mounted and read by buildah', () => {
    const store = [
      '--root',
      join(folder, 'store'),
      '--runroot',
      join(folder, 'run'),
      '--storage-driver',
      'vfs',
    ];
    const buildah = (...args: string[]) =>
      execFileSync('buildah', [...store, ...args], {
        // It wants a path in small letters, and makes a name of it.
        cwd: folder,
        // A folder for Docker's settings that holds none would end it.
        env: { ...process.env, DOCKER_CONFIG: undefined },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }).trim();
    const image = buildah('pull', '-q', 'oci:image:test');
    const container = buildah('from', image);
    const files = execFileSync('ls', ['-A', join(buildah('mount', container), 'app')], { encoding: 'utf8' });
    buildah('umount', container);
    buildah('rm', container);
    buildah('rmi', image);
    expect(files).toContain('package.json');
    // Deleted by a later layer: gone from sight, and still in the layer below.
    expect(files).not.toContain('.secrets');
  });

  test.runIf(engine !== null)('is loaded by docker', () => {
    expect(execFileSync('docker', ['load', '-i', join(folder, 'image.tar')], { encoding: 'utf8' })).toContain(
      'shop:test',
    );
    const history = execFileSync('docker', ['history', '--no-trunc', 'shop:test'], { encoding: 'utf8' });
    expect(history).toContain('COPY .secrets /app/.secrets');
    execFileSync('docker', ['image', 'rm', '-f', 'shop:test']);
  });
});
