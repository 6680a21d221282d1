import type { MarkdownIt } from 'markdown-it';
import type { Token } from 'markdown-it';
import { html } from '../components/html.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { closingLine, endless, lineOf } from './containers.ts';
import { parseFenceInfo } from './fence-info.ts';

/** `::: code-group` around fences with titles: one shown at a time, chosen by radio buttons, so no script is needed. */
export function codeGroups(parser: MarkdownIt): void {
  parser.block.ruler.before('container', 'code_group', (state, line, end, silent) => {
    const colons = /^(:{3,})\s*code-group\s*$/.exec(lineOf(state, line))?.[1];
    if (colons === undefined) return false;
    if (silent) return true;
    const last = closingLine(state, line, end, colons.length);
    if (last === -1) throw endless('code-group', line);

    const open = state.push('code_group_open', 'div', 1);
    const first = state.tokens.length;
    const before = state.lineMax;
    state.lineMax = last;
    state.md.block.tokenize(state, line + 1, last);
    state.lineMax = before;
    open.meta = { id: `group-${line + 1}`, titles: titlesOf(state.tokens.slice(first), line) };
    state.push('code_group_close', 'div', -1);
    state.line = last + 1;
    return true;
  });
  parser.renderer.rules['code_group_open'] = (tokens, index) => tabs(tokens[index]);
  parser.renderer.rules['code_group_close'] = () => '</div></div>\n';
}

function titlesOf(tokens: readonly Token[], line: number): readonly string[] {
  const titles = tokens.map((token) => (token.type === 'fence' ? parseFenceInfo(token.info).title : ''));
  if (titles.length === 0 || titles.length > MOST_TABS || titles.includes('')) throw notOnlyTitled(line);
  return titles;
}

function tabs(token: Token | undefined): string {
  const { id, titles } = token?.meta as { id: string; titles: readonly string[] };
  const tab = (title: string, index: number) =>
    html`<input type="radio" name="${id}" id="${id}-${index}" ${index === 0 && html`checked`} /><label
        for="${id}-${index}"
        >${title}</label
      >`;
  return `<div class="code-group" role="group" aria-label="Choose a version">${html`${titles.map(tab)}`}<div class="panels">`;
}

function notOnlyTitled(line: number): WorkshopError {
  return new WorkshopError(
    'CODE_GROUP_UNTITLED',
    `The code-group on line ${line + 1} of a guide holds something else than one to ${MOST_TABS} blocks of code with titles.`,
    { remedy: 'Give each block a title, as in ```ts [before], and put nothing between them.' },
  );
}

/** The stylesheet has a rule for each place. */
const MOST_TABS = 5;
