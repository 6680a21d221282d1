/** A place that a search may lead to. */
export interface Entry {
  /** Path with its anchor: `/steps/sql-injection#guide-what-to-do`. */
  readonly href: string;
  /** Page that it is on, as a reader calls it: `Step 7, guide`. */
  readonly page: string;
  readonly title: string;
  /** Without markup, on one line. */
  readonly text: string;
  /** Whether the whole page is meant, and not a part of it. */
  readonly whole: boolean;
}
