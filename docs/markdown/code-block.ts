import type { RendererRule } from 'markdown-it';
import { html, trustedHtml } from '../components/html.ts';
import { type CodeLine, parseMarker, renderLine } from './code-line.ts';
import { type FenceInfo, parseFenceInfo } from './fence-info.ts';
import type { Highlighter } from './highlighter.ts';

/** A block of code with its file's name above; the copy button is added by the page's script. */
export function createCodeRenderer(highlight: Highlighter['highlight']): RendererRule {
  return (tokens, index) => {
    const token = tokens[index];
    const info = parseFenceInfo(token?.info ?? '');
    return renderCode(token?.content ?? '', info, highlight);
  };
}

function renderCode(content: string, info: FenceInfo, highlight: Highlighter['highlight']): string {
  const lines = codeLines(content.replace(/\n$/, ''), info, highlight);
  const name = info.title === '' ? `Code${info.language === '' ? '' : ` in ${info.language}`}` : info.title;
  return html`<figure class="code" data-code>
    ${info.title !== '' && html`<figcaption>${info.title}</figcaption>`}
    <pre
      tabindex="0"
      role="group"
      aria-label="${name}"
    ><code>${trustedHtml(lines.map(renderLine).join(''))}</code></pre>
  </figure>`.toString();
}

function codeLines(
  content: string,
  info: FenceInfo,
  highlight: Highlighter['highlight'],
): readonly CodeLine[] {
  const marked = content.split('\n').map(parseMarker);
  const typed = marked.map(({ text }) => SHELLS.has(info.language) && text.startsWith(PROMPT));
  const isSession = typed.includes(true);
  const bare = marked.map(({ text }, index) => (typed[index] === true ? text.slice(PROMPT.length) : text));
  const pieces = highlight(bare.join('\n'), info.language);

  return marked.map(({ kind }, index) => ({
    kind: kind === 'plain' && info.highlighted.has(index + 1) ? 'highlighted' : kind,
    prompted: typed[index] === true,
    // In a session, a line without a prompt is what a command printed: no grammar knows it.
    pieces:
      isSession && typed[index] !== true ? [{ text: bare[index] ?? '', role: null }] : (pieces[index] ?? []),
  }));
}

const PROMPT = '$ ';
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'console']);
