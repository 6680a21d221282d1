import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../../store/atomic-file.ts';
import { trustedHtml } from '../components/html.ts';
import type { Rendered } from './rendered.ts';

/** Rendered texts from one start to the next. */
export interface KeptPages {
  /** `null` when it was not kept, or not whole. */
  read(content: string): Promise<Rendered | null>;
  /** A disk that takes nothing costs the next start time, and nobody anything now. */
  write(content: string, page: Rendered): Promise<void>;
}

/**
 * In a folder that goes when the code that renders them changes. Colouring code costs a start half a second: a highlighter
 * in WebAssembly, a grammar, and the first run of its patterns.
 */
export function createKeptPages(folder: string): KeptPages {
  const fileOf = (content: string) => join(folder, `${digestOf(content)}.json`);
  return {
    async read(content) {
      try {
        const { body, links, digest } = kept.parse(JSON.parse(await readFile(fileOf(content), 'utf8')));
        return digest === digestOf(body) ? { body: trustedHtml(body), links } : null;
      } catch {
        return null;
      }
    },
    async write(content, { body: { markup: body }, links }) {
      const text = JSON.stringify({ digest: digestOf(body), links, body });
      await mkdir(folder, { recursive: true, mode: 0o700 })
        .then(() => writeAtomically(fileOf(content), text))
        .catch(() => undefined);
    },
  };
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const kept = z.object({ body: z.string(), links: z.array(z.string()), digest: z.string() });
