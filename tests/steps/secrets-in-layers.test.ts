import { describe, expect, test } from 'vitest';
import { builds } from '../../steps/10-secrets-in-layers/builds.ts';
import { configuration, layers, output } from '../../steps/10-secrets-in-layers/leaks.ts';
import { runTime } from '../../steps/10-secrets-in-layers/run-time.ts';
import { writtenDown } from '../../steps/10-secrets-in-layers/written-down.ts';
import { textRun } from './text-run.ts';
import { appWith, isAsWanted, readVariants, rulesFor } from './docker-variants.ts';

const checks = { builds, layers, configuration, output, writtenDown, runTime };
const rules = (changes: Readonly<Record<string, string | null>>) => rulesFor(checks, appWith(changes));

describe('secrets in layers', () => {
  test('the shipped files are refused for the layer, the output and the settings that are never given', async () => {
    expect([...new Set(await rules({}))]).toEqual([
      'secrets/in-layer',
      'secrets/in-output',
      'secrets/not-given',
    ]);
  });

  test.for(readVariants('10'))('%s', async ([, variant]) => {
    const found = await rules(variant.files);
    expect(isAsWanted(variant, found), found.join(', ')).toBe(true);
  });

  test('somebody who changed the keys is judged by the new ones', async () => {
    const found = await rules({ 'app/.secrets': 'SMS_GATEWAY_TOKEN=another-value-entirely\n' });
    expect(found).toContain('secrets/in-layer');
  });

  test('the X-ray names each place with the command that reads it', async () => {
    const { run, shown } = textRun(appWith({}));
    await builds(run);
    const [evidence] = shown;
    const places =
      evidence?.kind === 'layers'
        ? evidence.layers.flatMap(({ line, leaks }) => leaks.map((leak) => ({ line, ...leak })))
        : [];
    expect(places.map(({ line, path }) => `${line} ${path}`)).toContain('18 /app/.secrets');
    expect(places.find(({ line }) => line === 18)?.command).toMatch(
      /^tar -xOf \.workshop\/image\/blobs\/sha256\/[0-9a-f]{64} app\/\.secrets$/,
    );
    expect(places.find(({ line }) => line === 20)?.command).toContain('docker build');
  });
});
