import { escapeHtml, type Html, html, trustedHtml } from '../html.ts';

/** A unified diff of one file; the middle of a very long one is left out, and that is said. */
export function diffBlock(path: string, diff: string, size: string): Html {
  const lines = diff.trimEnd().split('\n').slice(2);
  const kept = lines.slice(0, MOST_LINES);
  const left = lines.length - kept.length;
  return html`<figure class="code diff" data-code>
      <figcaption>${path} <span>${size}</span></figcaption>
      <pre
        tabindex="0"
        role="group"
        aria-label="Your changes of ${path}"
      ><code>${trustedHtml(kept.map(renderLine).join(''))}</code></pre>
    </figure>
    ${left > 0 && html`<p class="quiet">${left} more lines are left out here; npm run report -- --json has them.</p>`}`;
}

/** Its sign is part of the text: what is copied is a diff. */
function renderLine(line: string): string {
  const kind = line.startsWith('@@') ? 'range' : (KINDS[line.charAt(0)] ?? 'same');
  return `<span class="line" data-kind="${kind}">${escapeHtml(line)}\n</span>`;
}

const KINDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
export const MOST_LINES = 300;
