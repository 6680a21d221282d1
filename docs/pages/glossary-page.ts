import { html } from '../components/html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { writtenText } from './written-page.ts';

/** Each word has an anchor: `/glossary#term-verdict`. */
export async function glossaryPage(context: PageContext): Promise<string> {
  const text = await writtenText(context, 'glossary', {
    prefix: 'term-',
    contents: 'words',
    absent: 'No words were explained so far.',
  });
  const main = html`<article class="prose glossary">
    <h1>Glossary</h1>
    ${text}
  </article>`;
  return layout(context, { title: 'Glossary · Second Opinion', slug: null, main });
}
