import type { Pictures } from '../components/xray/pictures.ts';
import type { DrawVerdict } from '../components/verdict/kept-verdicts.ts';
import type { CompareFile } from '../components/side-by-side/compared-file.ts';
import type { GuideSource } from '../guide-source.ts';
import type { Markdown } from '../markdown/markdown.ts';

/** What every page is made from. */
export interface PageContext {
  readonly source: GuideSource;
  readonly markdown: Markdown;
  /** Puts a file of the learner beside the solution's. */
  readonly compareFile: CompareFile;
  readonly drawVerdict: DrawVerdict;
  /** Draws X-rays. */
  readonly pictures: Pictures;
  /** The session's token, for forms. */
  readonly token: string;
  /** Path of the folder of assets, which changes with their content: `/assets/5f3a…`. */
  readonly assets: string;
}
