import type { MarkdownIt } from 'markdown-it';
import { WorkshopError } from '../../model/workshop-error.ts';

/** Refuses every scheme but three, collects each address, and keeps pages elsewhere from learning where a reader came from. */
export function checkedLinks(parser: MarkdownIt, links: string[]): void {
  // Without this markdown-it would leave a refused link as text: an author should hear of it instead.
  parser.validateLink = () => true;
  parser.core.ruler.push('checked_links', (state) => {
    for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
      const address = token.attrGet('href') ?? token.attrGet('src');
      if (typeof address !== 'string') continue;
      if (!isAllowed(address)) throw refused(address);
      links.push(address);
      if (token.type === 'link_open' && /^https?:/i.test(address)) token.attrSet('rel', 'noreferrer');
    }
  });
}

/** A path, an anchor, or one of three schemes. `//host` would leave this site without showing it. */
function isAllowed(address: string): boolean {
  if (/^(https?|mailto):/i.test(address)) return true;
  return !/^\s*[a-z][a-z0-9+.-]*:/i.test(address) && !/^[\\/]{2}/.test(address);
}

function refused(address: string): WorkshopError {
  return new WorkshopError('LINK_REFUSED', `A guide links to "${address}", whose scheme is not allowed.`, {
    remedy: 'Use a path such as /steps/sql-injection, an anchor, or an http, https or mailto address.',
  });
}
