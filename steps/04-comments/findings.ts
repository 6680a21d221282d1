import type { Evidence, Reported } from '../../harness/run.ts';
import { extentsOf } from '../../harness/source/extents.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import type { ReadComment } from './reading.ts';
import type { Reason } from './reasons.ts';
import type { Repeated } from './repeats.ts';

export function repeating(comment: ReadComment, { shipped, sentence }: Repeated): Reported {
  return {
    ruleId: 'comments/restates',
    message: `The comment at ${comment.source.file}, line ${comment.block.line}, still says what ${shipped.on} says itself.`,
    tried: `Compare its words with what the code below it says.`,
    expected: 'The comment is gone: the name of the function says it.',
    observed: `"${short(sentence)}". ${saidWords(comment)}`,
    why: 'A comment that repeats code is a second copy, and nothing tells when it becomes false. One of these has been false for a while.',
    location: placeOf(comment),
    evidence: [marksOf(comment.source, [comment])],
  };
}

export function newNoise(comment: ReadComment, level: 'error' | 'note'): Reported {
  return {
    ruleId: 'comments/new-noise',
    level,
    message: `The comment at ${comment.source.file}, line ${comment.block.line}, says what the code says.`,
    tried: 'Compare its words with what the code below it says.',
    expected: 'A comment that says what the code cannot: a reason, a unit, a limit, a source.',
    observed: `"${short(comment.text)}". ${saidWords(comment)}`,
    why: 'Whoever reads both has read everything twice, and looks less closely at the next comment.',
    location: placeOf(comment),
    evidence: [marksOf(comment.source, [comment])],
  };
}

export function lostReason(
  reason: Reason,
  own: readonly ParsedSource[],
  comments: readonly ReadComment[],
): Reported {
  const [source] = own;
  return {
    ruleId: 'comments/reason-lost',
    message: `The reason ${reason.name} is gone.`,
    tried: 'Look through every comment of the clinic for it, in any words.',
    expected: `A comment that tells it, in your words and where you like. It was: "${reason.shipped}"`,
    observed: `None of the ${comments.length} comments of the clinic tells it.`,
    why: 'Nobody can read this from the code. Without it, the next person changes the line in good faith, and finds out from the outside.',
    location: { file: source?.file ?? 'app/src/views/notes.ts' },
    ...(source === undefined ? {} : { evidence: [marksOf(source, comments)] }),
  };
}

/** The whole file with every comment and its words, for the X-ray. */
export function overlayOf(source: ParsedSource, comments: readonly ReadComment[]): Evidence {
  const evidence = marksOf(source, comments);
  const words = comments.filter((comment) => comment.source === source).map(({ text }) => short(text));
  return {
    ...evidence,
    marks: evidence.marks.map((mark, index) => ({ ...mark, quote: words[index] ?? '' })),
    extents: extentsOf(source.text),
  };
}

/** Every comment of a file with what it is: `reason`, `restates`, `tells` or `directive`. */
function marksOf(
  source: ParsedSource,
  comments: readonly ReadComment[],
): Extract<Evidence, { kind: 'source-marks' }> {
  return {
    kind: 'source-marks',
    file: source.file,
    lines: source.lines,
    marks: comments
      .filter((comment) => comment.source === source)
      .map((comment) => {
        const [from, to] = [source.at(comment.block.start), source.at(comment.block.end)];
        return {
          ...from,
          endLine: to.line,
          endColumn: to.column,
          kind: kindOf(comment),
          label: labelOf(comment),
        };
      }),
  };
}

function kindOf({ reasons, repeated, verdict }: ReadComment): string {
  if (repeated !== null) return 'restates';
  return reasons.length > 0 ? 'reason' : verdict;
}

function labelOf(comment: ReadComment): string {
  return kindOf(comment) === 'restates' ? saidWords(comment) : short(comment.text);
}

function saidWords({ said, unsaid }: ReadComment): string {
  const rest = unsaid.length === 0 ? 'nothing else' : `beside them only: ${unsaid.join(', ')}`;
  return `The code says these words itself: ${said.join(', ') || 'none'}; ${rest}.`;
}

function placeOf({ source, block }: ReadComment) {
  return { file: source.file, ...source.at(block.start) };
}

const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
const LONGEST = 160;
