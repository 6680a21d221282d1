import type { Problem } from '../../model/workshop-error.ts';
import { type Html, html } from './html.ts';
import { icon } from './icon.ts';

/** Something of ours that could not be shown or done, and what repairs it. */
export function problemNotice({ code, message, remedy }: Problem): Html {
  return html`<div class="notice" data-kind="warning" role="alert">
    <p class="notice-title">${icon('warning')}${TITLE}</p>
    <p class="problem">${message}</p>
    <p>What helps: ${remedy} <span class="problem-code">(${code})</span></p>
  </div>`;
}

const TITLE = 'This could not be done, and it is not about your code';
