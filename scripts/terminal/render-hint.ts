import type { RevealedHint } from '../../runner/reveal-hint.ts';
import type { Step } from '../../model/step.ts';
import type { Paint } from './paint.ts';
import { wrap } from './wrap.ts';

/** A hint as its author wrote it, with its place on the ladder. Code keeps its lines. */
export function renderHint(step: Step, hint: RevealedHint, columns: number, paint: Paint): string {
  const [first = '', ...rest] = hint.text.split('\n');
  const isHeading = first.startsWith('#');
  const heading = isHeading ? `: ${first.replace(/^#+\s*/, '')}` : '';
  const place = `Step ${step.number} · ${step.title}, hint ${hint.number} of ${hint.of}${heading}`;
  const body = (isHeading ? rest : [first, ...rest]).join('\n').trim();
  const end = hint.news === 'last' ? ALL_OUT : hint.number < hint.of ? MORE(step) : LAST(step);
  return [paint.bold(place), '', ...wrapped(body, columns), '', paint.dim(end)].join('\n');
}

/** A paragraph is filled; lists and fenced code are left as they are. */
function wrapped(markdown: string, columns: number): string[] {
  let fenced = false;
  const blocks: string[] = [];
  for (const line of markdown.split('\n')) {
    const fence = /^ {0,3}(```|~~~)/.test(line);
    const isProse = !fenced && !fence && line !== '' && !/^(\s|[-*+>|#:]|\d+\.)/.test(line);
    const before = blocks.at(-1) ?? '';
    if (isProse && before !== '' && !before.startsWith('\u0000')) blocks[blocks.length - 1] += ` ${line}`;
    else blocks.push(isProse || line === '' ? line : `\u0000${line}`);
    if (fence) fenced = !fenced;
  }
  return blocks.flatMap((block) => (block.startsWith('\u0000') ? [block.slice(1)] : wrap(block, columns)));
}

const MORE = (step: Step) => `The next one, when you want it: npm run hint ${step.number}`;
const LAST = (step: Step) =>
  `This was the last one. The reference solution beside your files: npm run solution ${step.number}`;
const ALL_OUT = 'You have seen every hint of this step; this is the last one again.';
