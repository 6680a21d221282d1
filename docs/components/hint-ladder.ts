import { actionForm } from './form.ts';
import { type Html, html } from './html.ts';

export interface HintView {
  readonly slug: string;
  /** Rendered hints that are revealed, mildest first. */
  readonly revealed: readonly { readonly title: string | null; readonly body: Html }[];
  readonly total: number;
  readonly token: string;
}

/** One hint at a time, each with its place on the ladder; offered after passing too. */
export function hintLadder({ slug, revealed, total, token }: HintView): Html | null {
  if (total === 0) return null;
  const next = revealed.length + 1;
  const reveal = {
    action: `/steps/${slug}/hint`,
    token,
    label: `Show hint ${next} of ${total}`,
    look: 'plain',
  } as const;
  return html`<section class="hints" aria-labelledby="hints-title">
    <h2 id="hints-title">Hints</h2>
    ${revealed.length === 0 && html`<p>${LADDER}</p>`}
    ${revealed.map(
      ({ title, body }, index) =>
        html`<section class="hint" data-key="hint-${index + 1}">
          <h3><span class="hint-number">Hint ${index + 1} of ${total}</span> ${title}</h3>
          ${body}
        </section>`,
    )}
    ${next <= total ? actionForm(reveal) : html`<p>${NO_MORE} <a href="/steps/${slug}/solution">Compare with the solution</a></p>`}
  </section>`;
}

const LADDER = 'Each hint says a little more than the one before it. Taking one costs nothing.';
const NO_MORE = 'That was the last hint.';
