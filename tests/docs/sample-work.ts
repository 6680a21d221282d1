import type { GuideActions, GuideSource, ResetPlan } from '../../docs/guide-source.ts';
import type { Evidence } from '../../model/evidence.ts';
import { type Level, LEVELS, type NewEvent } from '../../model/event.ts';
import type { Report } from '../../model/report.ts';
import type { ComparedFile, SolutionComparison } from '../../store/comparison.ts';

/** What the workshop's rooms would answer about files; the real ones are tried in tests/scripts. */
export interface SampleWork {
  /** An error is thrown. */
  readonly comparison?: SolutionComparison | Error;
  readonly resetPlan?: ResetPlan;
  readonly report?: Report;
  /** Evidence of the clinic as shipped, by slug; an error is thrown. */
  readonly xrays?: Readonly<Record<string, readonly Evidence[] | Error>>;
}

type Shows = Pick<GuideSource, 'comparison' | 'resetPlan' | 'report' | 'shippedXray'>;
type Does = Pick<GuideActions, 'showSolution' | 'reset' | 'undo' | 'answer' | 'score'>;

export function sampleWork(
  options: SampleWork,
  ask: (text: string) => void,
  record: (event: NewEvent) => unknown,
): { readonly shows: Shows; readonly does: Does } {
  return {
    shows: {
      async comparison() {
        if (options.comparison instanceof Error) throw options.comparison;
        return options.comparison ?? sampleComparison();
      },
      resetPlan: async () => options.resetPlan ?? { files: ['app/src/views/search.ts'], last: null },
      report: async () => options.report ?? EMPTY_REPORT,
      async shippedXray({ slug }) {
        const xray = options.xrays?.[slug] ?? null;
        if (xray instanceof Error) throw xray;
        return xray;
      },
    },
    does: {
      async showSolution(slug) {
        ask(`solution ${slug}`);
        record({ slug, type: 'solution.revealed' });
      },
      async reset(slug, files) {
        ask(`reset ${slug} ${files.join(' ')}`);
        record({ slug, type: 'step.reset', backup: 'kept' });
      },
      async undo(slug, backup) {
        ask(`undo ${slug} ${backup}`);
        record({ slug, type: 'work.restored', backup });
      },
      async answer(slug, question, answer) {
        ask(`answer ${slug} ${question} ${answer}`);
        record({ slug, type: 'discussion.answered', question, answer });
      },
      async score(slug, word) {
        ask(`score ${slug} ${word}`);
        const level: Level | undefined = LEVELS.find((known) => known === word);
        if (level !== undefined) record({ slug, type: 'discussion.scored', level });
      },
    },
  };
}

/** Texts of a learner and of the solution as files to compare; `null` is a file that is not there. */
export function compared(path: string, mine: string | null, theirs: string | null): ComparedFile {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  return { path, mine: bytes(mine), theirs: bytes(theirs), unread: null };
}

export function sampleComparison(files: readonly ComparedFile[] = [SEARCH]): SolutionComparison {
  return {
    title: 'Send values as parameters',
    notes: 'A value travels beside the statement.',
    files,
    conflicts: [],
  };
}

const MANY = Array.from({ length: 30 }, (_, index) => `// line ${index + 5} of many\n`).join('');
const HEAD = `import { query } from '../database.ts';\n\nexport async function search(name: string) {\n`;

export const SEARCH = compared(
  'app/src/views/search.ts',
  `${HEAD}  return query(\`SELECT * FROM patients WHERE name = '\${name}'\`);\n}\n${MANY}export const limit = 50;\n`,
  `${HEAD}  return query('SELECT * FROM patients WHERE name = $1', [name]);\n}\n${MANY}export const limit = 50;\nexport const sorts = ['name'];\n`,
);

export const EMPTY_REPORT: Report = { at: null, done: 0, of: 3, steps: [] };
