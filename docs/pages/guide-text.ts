import { Html, trustedHtml } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { problemOf } from '../../model/workshop-error.ts';
import type { PageContext } from './page-context.ts';

/**
 * Text of an author, rendered; or, when it cannot be, a notice in its place that says why. The verdict on the same page
 * must not go down with a guide that quotes a region which is gone.
 */
export async function guideText(
  { markdown, source }: PageContext,
  what: string,
  load: () => Promise<string | Html>,
): Promise<Html> {
  try {
    const loaded = await load();
    const text =
      loaded instanceof Html ? loaded : (await markdown.render(withoutTitle(loaded), `${what}-`)).body;
    return toRunningClinic(text, source.clinicUrl);
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
}

/** Authors write the clinic's usual address; it may run on another port, and belongs to the name the guide was asked by. */
function toRunningClinic({ markup }: Html, clinicUrl: string): Html {
  const { host } = new URL(clinicUrl);
  return trustedHtml(
    markup
      .replaceAll(/href="http:\/\/localhost:8000(?=[/"])/g, `href="${clinicUrl}`)
      .replaceAll('>localhost:8000</a>', `>${host}</a>`),
  );
}

/** The page has its own title, from step.json. */
export function withoutTitle(text: string): string {
  return text.replace(/^\s*# [^\n]*\n/, '');
}
