import type { Step } from '../../model/step.ts';
import type { StepContent } from '../../store/step-content.ts';

/** A small catalogue: a judged step in parts, one without, two that are not judged yet. Nothing of it is read from disk. */
export function sampleSteps(): readonly Step[] {
  return [
    step(1, 'data-modeling', 'Bad data modelling', 90, {
      summary:
        'Patients point to facilities by name, so a rename loses them and two namesakes share one chart.',
      checks: [
        { id: 'rename', title: 'A renamed facility keeps its patients', part: 'Facilities' },
        { id: 'spelling', title: 'Spellings of one facility are one facility', part: 'Facilities' },
        { id: 'namesakes', title: 'Two people of the same name keep their own notes', part: 'Patients' },
      ],
    }),
    step(2, 'dependency-versions', 'Dependency versions', 25, {
      summary:
        'The manifest asks for a version with known advisories, and for three packages that nothing uses.',
      judged: false,
    }),
    step(6, 'redundant-queries', 'Redundant queries', 40, {
      summary:
        'The list of facilities asks the database once for each row, and then once more for each doctor.',
      checks: [{ id: 'count', title: 'The number of queries does not grow with the list' }],
    }),
    step(7, 'sql-injection', 'SQL injection', 45, {
      summary:
        'What somebody types into the search becomes part of the statement, and reads other facilities’ rows.',
      checks: [
        { id: 'search-works', title: 'The search still finds a patient by a part of the name' },
        { id: 'quotes', title: 'A quote in a name is an ordinary letter' },
        { id: 'sort', title: 'Sorting takes only the columns that are offered' },
        { id: 'limit', title: 'The limit is a number, whatever is sent' },
        { id: 'export', title: 'The export cannot be widened to all facilities' },
      ],
    }),
    step(10, 'secrets-in-layers', 'Secrets in layers', 30, {
      summary: 'A key was deleted from the image, and everybody who pulls it can still read it.',
      judged: false,
    }),
  ];
}

export function sampleContent({ slug }: Step): StepContent {
  if (slug === 'sql-injection')
    return { guide: GUIDE, hints: HINTS, discussion: DISCUSSION, facilitator: NOTES };
  return {
    guide: 'See the [injection step](/steps/sql-injection).',
    hints: [],
    discussion: 'Nothing yet.',
    facilitator: null,
  };
}

export const SAMPLE_SOURCE = `import { query } from '../database.ts';

// #region search
export async function search(request: Request): Promise<Row[]> {
  const name = String(request.query.name);
  return query(\`SELECT * FROM patient_directory WHERE name = '\${name}'\`);
}
// #endregion search
`;

type Given = Partial<Pick<Step, 'checks' | 'judged'>> & Pick<Step, 'summary'>;

function step(number: number, slug: string, title: string, minutes: number, given: Given): Step {
  return {
    number,
    slug,
    title,
    minutes,
    files: ['app/src/views/search.ts'],
    after: [],
    judged: true,
    checks: [],
    needs: 'database',
    clinicPath: null,
    directory: '/nowhere',
    ...given,
  };
}

const GUIDE = `# SQL injection

The search page takes a name and builds a statement from it. Whoever types the name decides what the statement says.

## See it hurt

Open the clinic and search for \`O'Neill\`: the page breaks, because her name ends the text that it stands in. Then try this:

\`\`\`sh
$ curl 'http://localhost:8000/patients/search?name=%27+OR+1=1--'
<li data-patient-id="1">Ada Example</li>
\`\`\`

::: warning The rows of every facility
One request reads patients that belong to somebody else’s facility.
:::

## Where it comes from

<<< app/src/views/search.ts#search {3}

The value never travels apart from the statement, so PostgreSQL cannot tell them apart either.

## What a fix looks like

::: code-group
\`\`\`ts [before]
const rows = await query(\`SELECT * FROM t WHERE name = '\${name}'\`); // [!code --]
\`\`\`
\`\`\`ts [after]
const rows = await query(\`SELECT * FROM t WHERE name = '\${name}'\`); // [!code --]
const rows = await query('SELECT * FROM t WHERE name = $1', [name]); // [!code ++]
\`\`\`
:::

| Part of the statement | May come from outside as | How |
| --- | --- | --- |
| A value | anything | a parameter |
| A column to sort by | one of a list | a lookup |
| A limit | a number | parsed, and refused otherwise |

1. Read the four places in [search.ts](https://www.postgresql.org/docs/current/sql-prepare.html) first.
2. Then change **one** of them and save.

::: details What is not checked
Whether the page is pretty.
:::

### In SQL itself

\`\`\`sql [app/migrations/002.sql]
-- names are compared without case
CREATE INDEX patients_by_name ON patients (lower(name)) WHERE name <> '';
\`\`\`
`;

const HINTS = [
  '## Look at the shape\n\nWhich parts of the statement does the person who searches write?',
  '## Parameters\n\nA value travels beside the statement:\n\n```ts\nquery("SELECT $1::text", [name]);\n```',
  '## Columns\n\nA column is no value: look it up in a list.',
  '## The export\n\nIt has the same flaw in a second place.',
];

const DISCUSSION = `## What a junior engineer would say

“I would escape the quotes.”

## What a mid-level engineer would say

“I would use parameters everywhere, and a list for the columns.”

## What a senior engineer would say

“Values travel as parameters, and names come from a list.”
`;

const NOTES = `## Say

Ask who has met an apostrophe in a name. **Then** show the search.

## Ask

1. What does the database know about who wrote which part?

## Watch for

- Somebody doubles the quotes by hand.

## Timing

Ten minutes to read, twenty to fix, ten to talk.
`;
