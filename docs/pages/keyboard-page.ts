import { html } from '../components/html.ts';
import { keyList } from '../components/key-list.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

export function keyboardPage(context: PageContext): string {
  const main = html`<div class="prose">
    <h1>Keyboard</h1>
    <p>
      Everything on these pages is reached with <kbd>Tab</kbd> and <kbd>Enter</kbd>. The keys below are
      shorter ways. They need JavaScript, and do nothing while you type in a field.
    </p>
    <div data-keys>${keyList()}</div>
    <p>
      The letters mean the same in the terminal where the workshop runs, which knows a few more: press
      <kbd>?</kbd> there.
    </p>
  </div>`;
  return layout(context, { title: 'Keyboard · Second Opinion', slug: null, main });
}
