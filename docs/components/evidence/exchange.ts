import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { exactText, shortened } from '../scrolling.ts';

export function exchange({ request, response }: Extract<Evidence, { kind: 'exchange' }>): Html {
  const sent = [`${request.method} ${request.path}`, request.body ?? '']
    .filter((line) => line !== '')
    .join('\n\n');
  const body = response.body === '' ? '(empty body)' : shortened(response.body);
  return html`<div class="evidence">
    <p class="evidence-title">Request</p>
    ${exactText('Request', shortened(sent))}
    <p class="evidence-title">Response <span class="number">${response.status}</span></p>
    ${exactText('Response', body)}
  </div>`;
}
