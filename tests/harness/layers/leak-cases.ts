import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { modelImage, type ImageModel } from '../../../harness/layers/build/build-image.ts';
import { ignoreTextOf } from '../../../harness/layers/build/input.ts';
import { createSecretValues, parseSecretLines } from '../../../harness/layers/secret-values.ts';
import { splitPairs } from '../../../harness/layers/dockerfile/words.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'docker');

const texts = z.record(z.string(), z.string());
const casesSchema = z.object({
  app: texts,
  cases: z.record(
    z.string(),
    z.object({
      dockerfile: z.string(),
      ignore: z.string().nullable(),
      files: texts,
      base64Files: texts.default({}),
    }),
  ),
});
const answersSchema = z.object({
  answers: z.record(
    z.string(),
    z.object({
      built: z.boolean(),
      layers: z.record(z.string(), z.array(z.string())),
      config: z.array(z.string()),
      history: z.array(z.string()),
      output: z.array(z.string()),
    }),
  ),
});

export type Answer = z.infer<typeof answersSchema>['answers'][string];

export const readAnswers = () => answersSchema.parse(readJson('leak-answers.json')).answers;

/** Every case with the files of its folder. */
export function readCases(): Map<string, ReadonlyMap<string, Buffer>> {
  const { app, cases } = casesSchema.parse(readJson('leak-cases.json'));
  return new Map(
    Object.entries(cases).map(([name, { dockerfile, ignore, files, base64Files }]) => [
      name,
      new Map([
        ...Object.entries(app).map(([path, text]) => [path, Buffer.from(text)] as const),
        ['Dockerfile', Buffer.from(dockerfile)],
        ...(ignore === null ? [] : [['.dockerignore', Buffer.from(ignore)] as const]),
        ...Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const),
        ...Object.entries(base64Files).map(([path, text]) => [path, Buffer.from(text, 'base64')] as const),
      ]),
    ]),
  );
}

/** The model of a folder, its secrets those of its `.secrets`; each ARG that is called like one is given its value. */
export function modelFolder(files: ReadonlyMap<string, Buffer>): ImageModel {
  const context = new Map(
    [...files].map(([path, bytes]) => [path, { bytes, mode: path.endsWith('.sh') ? 0o755 : 0o644 }]),
  );
  const dockerfile = files.get('Dockerfile')?.toString('utf8') ?? '';
  const secretText = files.get('.secrets') ?? Buffer.alloc(0);
  const values = parseSecretLines(secretText.toString('utf8'));
  return modelImage({
    dockerfile,
    ignore: ignoreTextOf(context, 'Dockerfile'),
    context,
    buildArguments: givenArguments(dockerfile, values),
    secrets: createSecretValues(new Map([...values].map(([name, value]) => [name, [value]]))),
    secretMount: (id) => Buffer.from(values.get(id) ?? secretText),
  });
}

export function givenArguments(
  dockerfile: string,
  values: ReadonlyMap<string, string>,
): Record<string, string> {
  const names = [...dockerfile.matchAll(/^ARG (.*)$/gm)].flatMap(([, text]) =>
    splitPairs(text ?? '', false).map(([name]) => name),
  );
  return Object.fromEntries(
    names.flatMap((name) => (values.has(name) ? [[name, values.get(name) ?? '']] : [])),
  );
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
