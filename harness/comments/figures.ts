import { classifyComment } from './classify.ts';

export interface Labelled {
  readonly half: string;
  readonly restates: boolean;
  /** A comment with the code that it stands on. */
  readonly source: string;
}

export interface Figures {
  readonly comments: number;
  /** Of those called restating, the share that is. Three decimals. */
  readonly precision: number;
  /** Of those that restate, the share that is called so. */
  readonly recall: number;
  /** The comments that were misjudged, as they stand. */
  readonly missed: readonly string[];
  readonly accused: readonly string[];
}

/** How well the classifier agrees with people who labelled comments. */
export function figuresOf(labelled: readonly Labelled[]): Figures {
  const judged = labelled.map((one) => {
    const { comment, code } = cut(one.source);
    return { ...one, called: classifyComment(comment, code).verdict === 'restates', comment };
  });
  const right = judged.filter((one) => one.restates && one.called).length;
  const called = judged.filter((one) => one.called);
  const restating = judged.filter((one) => one.restates);
  return {
    comments: judged.length,
    precision: rounded(right / called.length),
    recall: rounded(right / restating.length),
    missed: restating.filter((one) => !one.called).map((one) => one.comment),
    accused: called.filter((one) => !one.restates).map((one) => one.comment),
  };
}

/** The labelled sources are pieces that need not parse: a comment on the first lines or at the end of the first. */
function cut(source: string): { comment: string; code: string } {
  const block = /^\/\*\*?([\s\S]*?)\*\/\n?/.exec(source);
  if (block !== null) {
    const comment = (block[1] ?? '').replace(/^[\s*]+/gm, ' ').trim();
    return { comment, code: source.slice(block[0].length) };
  }
  const [line = '', ...rest] = source.split('\n');
  const at = /(^|\s)\/\/\s?/.exec(line);
  const comment = line.slice((at?.index ?? 0) + (at?.[0].length ?? 0));
  return { comment, code: [line.slice(0, at?.index ?? 0), ...rest].join('\n').trim() };
}

const rounded = (share: number) => Math.round(share * 1000) / 1000;
