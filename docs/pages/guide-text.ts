import { Html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { problemOf } from '../../model/workshop-error.ts';
import type { PageContext } from './page-context.ts';

/**
 * Text of an author, rendered; or, when it cannot be, a notice in its place that says why. The verdict on the same page
 * must not go down with a guide that quotes a region which is gone.
 */
export async function guideText(
  { markdown }: PageContext,
  what: string,
  load: () => Promise<string | Html>,
): Promise<Html> {
  try {
    const loaded = await load();
    return loaded instanceof Html ? loaded : (await markdown.render(withoutTitle(loaded), `${what}-`)).body;
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
}

/** The page has its own title, from step.json. */
export function withoutTitle(text: string): string {
  return text.replace(/^\s*# [^\n]*\n/, '');
}
