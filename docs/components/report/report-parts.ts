import type { Html } from '../html.ts';
import type { ReportedXrays } from './reported-xrays.ts';

/** What a report shows beside its own facts. */
export interface ReportParts {
  /** Renders a question, which is Markdown of an author. */
  readonly ask: (question: string) => Promise<Html>;
  readonly xrays: ReportedXrays;
}
