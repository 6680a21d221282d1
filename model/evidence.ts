import { z } from 'zod';

/** One statement as it crossed the wire between the clinic and PostgreSQL. */
export const statementSchema = z.object({
  sql: z.string(),
  /** Parameters as text, in order; `null` is SQL's NULL. Empty for a statement sent without parameters. */
  parameters: z.array(z.string().nullable()),
  rows: z.number(),
  /** From the moment the message left the clinic to the server's answer. */
  milliseconds: z.number(),
  /** Milliseconds since the first statement of the same request. */
  startedAt: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

const markSchema = z.object({ start: z.number(), end: z.number(), label: z.string() });

const sourceMarkSchema = z.object({
  line: z.number(),
  column: z.number(),
  endLine: z.number(),
  endColumn: z.number(),
  kind: z.string(),
  label: z.string(),
  /** The marked text itself, in one line, where a picture is to show it. */
  quote: z.string().optional(),
});

const tableSchema = z.object({
  name: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      nullable: z.boolean(),
      key: z.enum(['primary', 'foreign', 'none']),
      /** Why this column is suspect (a copy of another table's fact, a list in a text …); absent when it is sound. */
      suspicion: z.string().optional(),
    }),
  ),
  rows: z.number(),
});

const relationSchema = z.object({
  from: z.string(),
  fromColumns: z.array(z.string()),
  to: z.string(),
  toColumns: z.array(z.string()),
  onDelete: z.enum(['cascade', 'restrict', 'set null', 'set default', 'no action']),
});

const outlineSchema = z.object({
  name: z.string(),
  file: z.string(),
  line: z.number(),
  endLine: z.number(),
  depth: z.number(),
  complexity: z.number(),
  /** Nesting depth of each line, first to last: the profile of the mountain. */
  profile: z.array(z.number()),
  calls: z.array(z.string()),
});

/**
 * What proves a finding, and the only link between a check and a picture.
 * Plain data: no HTML, no colours; whoever shows it decides how it looks.
 */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('comparison'), expected: z.string(), observed: z.string() }),
  z.object({
    kind: z.literal('exchange'),
    request: z.object({ method: z.string(), path: z.string(), body: z.string().optional() }),
    response: z.object({ status: z.number(), body: z.string() }),
  }),
  z.object({
    kind: z.literal('statements'),
    /** The request that caused them: `GET /facilities`. */
    request: z.string(),
    statements: z.array(statementSchema),
    /** The learner-visible input inside a statement's text, or inside the parameter with that index, as character offsets. */
    marks: z.array(markSchema.extend({ statement: z.number(), parameter: z.number().optional() })),
    /** Outline of each statement's parse tree, one node a line, indented by two spaces; beside it the benign twin's. */
    trees: z.array(z.object({ statement: z.number(), tree: z.string(), twin: z.string() })).optional(),
  }),
  z.object({ kind: z.literal('schema'), tables: z.array(tableSchema), relations: z.array(relationSchema) }),
  z.object({
    kind: z.literal('source-marks'),
    file: z.string(),
    lines: z.number(),
    marks: z.array(sourceMarkSchema),
    /** Where the text of each line begins and ends, in columns from 0; equal for a blank line. Absent: not known. */
    extents: z.array(z.tuple([z.number(), z.number()])).optional(),
  }),
  z.object({
    kind: z.literal('outline'),
    functions: z.array(outlineSchema),
    /** What the check allows a function, where it is strictest. */
    limits: z.object({ depth: z.number(), complexity: z.number() }).optional(),
  }),
  z.object({
    kind: z.literal('dependencies'),
    packages: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        bytes: z.number(),
        direct: z.boolean(),
        used: z.boolean(),
        advisories: z.array(z.string()),
        requires: z.array(z.string()),
      }),
    ),
  }),
  z.object({
    kind: z.literal('layers'),
    layers: z.array(
      z.object({
        instruction: z.string(),
        line: z.number(),
        bytes: z.number(),
        wasted: z.number(),
        exact: z.boolean(),
        leaks: z.array(z.object({ path: z.string(), what: z.string(), command: z.string() })),
      }),
    ),
  }),
]);

export type Evidence = z.infer<typeof evidenceSchema>;
export type Statement = z.infer<typeof statementSchema>;
