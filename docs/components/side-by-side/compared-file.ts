import type { ComparedFile } from '../../../store/comparison.ts';
import { textOf } from '../../../store/unified-diff.ts';
import { createPageCache } from '../../markdown/page-cache.ts';
import type { Paint } from '../../markdown/painter.ts';
import { actionForm } from '../form.ts';
import { type Html, html } from '../html.ts';
import type { PlaceContext } from '../place.ts';
import { comparedText, plainEnds, singleText } from './compared-text.ts';

/** A file of the learner beside the solution's, whatever state either is in. `number` counts from 1 on its page. */
export type CompareFile = (file: ComparedFile, number: number, place: PlaceContext) => Promise<Html>;

/** What was put side by side once is kept by the content of both: an open page asks again after every save. */
export function createFileComparer(paint: Paint): CompareFile {
  const kept = createPageCache<Html>();
  return (file, number, place) => {
    const { path, mine, theirs, unread } = file;
    const texts = [mine, theirs].map((bytes) => bytes?.toString('latin1') ?? null);
    const key = JSON.stringify([number, place, path, unread, ...texts]);
    return kept(key, () => comparedFile(file, number, { ...place, paint }));
  };
}

interface FileContext extends PlaceContext {
  readonly paint: Paint;
}

async function comparedFile(file: ComparedFile, number: number, context: FileContext): Promise<Html> {
  const id = `file-${number}`;
  return html`<section class="compared" aria-labelledby="${id}" data-key="${file.path}">
    <div class="compared-head">
      <h2 id="${id}"><code>${file.path}</code></h2>
      ${file.mine !== null && openInEditor(file.path, context)}
    </div>
    ${await bodyOf(file, context)}
  </section>`;
}

function openInEditor(file: string, { slug, token }: FileContext): Html {
  return actionForm({
    action: '/editor',
    token,
    label: 'Open in editor',
    look: 'link',
    fields: { slug, file },
  });
}

async function bodyOf({ path, mine, theirs, unread }: ComparedFile, context: FileContext): Promise<Html> {
  const paint = (text: string) => context.paint(text, path);
  const alone = async (name: 'Yours' | 'Solution', text: string | null, remark: string) =>
    html`<p>${remark}</p>
      ${text !== null && (await singleText(name, path, await paint(plainEnds(text))))}`;

  const mineText = mine === null ? null : textOf(mine);
  const theirText = theirs === null ? null : textOf(theirs);
  if (unread !== null) return alone('Solution', theirText, `Yours is not read: it is ${unread}.`);
  if (mine === null && theirs === null) return html`<p>${NEITHER}</p>`;
  if (mine === null) return alone('Solution', theirText, ONLY_THEIRS);
  if (theirs === null) return alone('Yours', mineText, ONLY_MINE);
  if (mine.equals(theirs)) return html`<p>${THE_SAME}</p>`;
  if (mineText === null || theirText === null) return html`<p>${NO_TEXT(mine.length, theirs.length)}</p>`;
  return comparedText({ path, mine: mineText, theirs: theirText, paint });
}

const NEITHER = 'The solution has no such file any more, and neither have you.';
const ONLY_THEIRS = 'You have no such file. The solution makes it:';
const ONLY_MINE = 'The solution has no such file any more. Yours:';
const THE_SAME = 'Yours is the solution, letter by letter.';
const NO_TEXT = (mine: number, theirs: number) =>
  `They differ, and can’t be shown side by side because one of them is no text: yours has ${mine} bytes, the solution ${theirs}.`;
