import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Step, stepFileSchema } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { scaffoldTexts } from './scaffold-texts.ts';

/** Makes the folder of a new step, with every file in place. Answers the paths made, from the workshop's root. */
export async function scaffoldStep(options: {
  readonly root: string;
  readonly slug: string;
  readonly title: string | undefined;
  readonly catalogue: readonly Step[];
}): Promise<readonly string[]> {
  const { root, slug, catalogue } = options;
  if (!stepFileSchema.shape.slug.safeParse(slug).success) throw badSlug(slug);
  const twin = catalogue.find((step) => step.slug === slug);
  if (twin !== undefined) throw taken(twin);

  const number = Math.max(0, ...catalogue.map((step) => step.number)) + 1;
  const folder = `steps/${String(number).padStart(2, '0')}-${slug}`;
  const title = options.title ?? titleOf(slug);
  const texts = scaffoldTexts({ slug, title, number });
  const paths = Object.keys(texts).map((name) => `${folder}/${name}`);
  for (const [name, text] of Object.entries(texts)) {
    const file = join(root, folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
  await mkdir(join(root, folder, 'alternatives'), { recursive: true });
  await mkdir(join(root, folder, 'mistakes'), { recursive: true });
  return paths;
}

function titleOf(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function badSlug(slug: string): WorkshopError {
  return new WorkshopError('SLUG_INVALID', `"${slug}" can't be the slug of a step.`, {
    remedy: 'Use small letters, digits and single hyphens: npm run author new open-redirects',
  });
}

function taken(twin: Step): WorkshopError {
  return new WorkshopError('SLUG_TAKEN', `There is a step "${twin.slug}" already: number ${twin.number}.`, {
    remedy: `Choose another slug, or change that one in ${twin.directory}.`,
  });
}
