import { type Html, html } from './html.ts';

/** The shortcuts of the guide, as the dialog behind `?` and a page show them. keyboard.js does what is said here. */
export function keyList(): Html {
  return html`<dl class="keys">
    ${KEYS.map(
      ([keys, does]) =>
        html`<div>
          <dt>${keys.map((key, index) => html`${index > 0 && ' or '}<kbd>${key}</kbd>`)}</dt>
          <dd>${does}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The letters mean what they mean in the terminal in which the workshop runs. */
export const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/', 'Ctrl K'], 'Search'],
  [['n'], 'Next step'],
  [['p'], 'Previous step'],
  [['r'], 'Run the checks of this step'],
  [['h'], 'Go to the next hint; Enter shows it'],
  [['l'], 'List of the steps, which is the first page'],
  [['?'], 'These keys'],
];
