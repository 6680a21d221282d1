import { contentsList } from '../components/contents-list.ts';
import { type Html, html } from '../components/html.ts';
import { guideText, withoutTitle } from './guide-text.ts';
import type { PageContext } from './page-context.ts';

export interface WrittenText {
  /** Of the ids of its headings. */
  readonly prefix: string;
  readonly contents: 'lines' | 'words';
  /** Said when nobody has written it. */
  readonly absent: string;
  /** Between the list of contents and the text. */
  readonly between?: Html;
}

/** A page of docs/content below its title; one that cannot be rendered says why. */
export async function writtenText(
  context: PageContext,
  name: 'glossary' | 'facilitator',
  { prefix, contents, absent, between }: WrittenText,
): Promise<Html> {
  return guideText(context, name, async () => {
    const text = await context.source.text(name);
    if (text === null)
      return html`<p>${absent}</p>
        ${between ?? null}`;
    const sections = await context.markdown.sections(withoutTitle(text), prefix);
    const [intro, rest] = atFirstHeading(withoutTitle(text));
    const opening = await context.markdown.render(intro, prefix);
    const { body } = await context.markdown.render(rest, prefix);
    return html`${opening.body} ${contentsList(sections, contents)} ${between ?? null} ${body}`;
  });
}

function atFirstHeading(text: string): readonly [string, string] {
  const at = text.search(/^## /m);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
