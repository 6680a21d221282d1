import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadCatalogue } from '../../store/catalogue.ts';
import { loadStepContent } from '../../store/step-content.ts';
import type { SampleOptions } from './sample-workshop.ts';

/** The catalogue and every text as they are shipped; progress and actions stay samples. */
export async function realTexts(): Promise<SampleOptions> {
  const steps = await loadCatalogue(ROOT);
  const contents = new Map(
    await Promise.all(steps.map(async (step) => [step.slug, await loadStepContent(step)] as const)),
  );
  const read = (path: string) => readFile(join(ROOT, path), 'utf8');
  const text = (name: string) => read(`docs/content/${name}.md`);
  return {
    steps,
    content({ slug }) {
      const content = contents.get(slug);
      if (content === undefined) throw new Error(`no texts for ${slug}`);
      return content;
    },
    texts: { glossary: await text('glossary'), facilitator: await text('facilitator') },
    readSource: read,
  };
}

const ROOT = resolve(import.meta.dirname, '..', '..');
