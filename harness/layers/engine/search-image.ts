import type { Finding } from '../../../model/finding.ts';
import { lineageOf } from '../image/stage.ts';
import type { JudgedBuild } from '../judged-builds.ts';
import type { SecretValues } from '../secret-values.ts';
import { certainOf } from '../trace.ts';
import type { Limits } from './docker.ts';
import { baseLayers, type RealBuild } from './real-build.ts';

/** Every place of a built image, and of what its build printed, where one of the values can be read. */
export async function searchImage(
  { file, model }: JudgedBuild,
  secrets: SecretValues,
  { image, log }: RealBuild & { readonly built: true },
  signal: AbortSignal,
): Promise<Finding[]> {
  const limits: Limits = { milliseconds: 20_000, signal };
  const [bottom] = model.final === null ? [] : lineageOf(model.final);
  const below = await baseLayers(bottom?.from ?? 'scratch', limits);
  const found = (content: Buffer | string) => certainOf(secrets.find(content)).join(', ');
  const findings: Finding[] = [];
  for (let index = below; index < image.layers; index += 1)
    for (const [path, bytes] of (await image.layer(index)).files) {
      const names = found(bytes);
      if (names !== '') findings.push({ ...inLayer(index + 1, names, path), location: { file } });
    }
  const { config, history } = image.config;
  const elsewhere = [
    { names: found(JSON.stringify(config)), tell: inConfig },
    { names: found(JSON.stringify(history)), tell: inHistory },
    { names: found(log), tell: inOutput },
  ];
  for (const { names, tell } of elsewhere)
    if (names !== '') findings.push({ ...tell(names), location: { file } });
  return findings;
}

const SEARCHED = {
  level: 'error',
  tried: 'Build with fresh values in your secret files, save the image and search all of it.',
  expected: 'The values are nowhere.',
} as const;

const inLayer = (number: number, names: string, path: string): Finding => ({
  ...SEARCHED,
  ruleId: 'secrets/in-layer',
  message: `Layer ${number} of the built image holds ${names} in ${path}.`,
  observed: path,
  why: 'Whoever pulls the image has every layer of it, also what a later one deletes.',
});

const inConfig = (names: string): Finding => ({
  ...SEARCHED,
  ruleId: 'secrets/in-config',
  message: `The configuration of the built image holds ${names}.`,
  observed: 'docker inspect shows it.',
  why: 'The configuration travels with the image, and every process of the container inherits its environment.',
});

const inHistory = (names: string): Finding => ({
  ...SEARCHED,
  ruleId: 'secrets/in-history',
  message: `The history of the built image shows ${names}.`,
  observed: 'docker history --no-trunc shows it.',
  why: 'The history is part of the image: whoever pulls it can read what each instruction was given.',
});

const inOutput = (names: string): Finding => ({
  ...SEARCHED,
  ruleId: 'secrets/in-output',
  message: `The build printed ${names}.`,
  observed: 'It is in the output of docker build.',
  why: 'Logs of builds are kept for months, and read by everybody who works on the repository.',
});
