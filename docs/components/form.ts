import { type Html, type HtmlValue, html } from './html.ts';

export interface ActionForm {
  /** Path that it posts to. */
  readonly action: string;
  /** The session's token, without which the server refuses. */
  readonly token: string;
  readonly label: HtmlValue;
  readonly look: 'primary' | 'plain' | 'link';
  readonly fields?: Readonly<Record<string, string>>;
}

/** One button that changes something. A form, so that it works without JavaScript, which only sends it more quietly. */
export function actionForm(form: ActionForm): Html {
  const fields = Object.entries({ token: form.token, ...form.fields });
  return html`<form class="action" method="post" action="${form.action}" data-action>
    ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="button" data-look="${form.look}">${form.label}</button>
  </form>`;
}
