import { z } from 'zod';
import type { Advisory } from './advisories.ts';

export interface OsvReading {
  readonly advisories: readonly Advisory[];
  /** Those of them that were taken back. */
  readonly withdrawn: readonly string[];
  /** Those without a last version: such a range would refuse versions that nobody has seen. */
  readonly endless: readonly string[];
}

/** Reads one file of OSV's export, for these packages of npm. Throws a `ZodError` for what is no OSV record. */
export function osvAdvisories(json: unknown, packages: ReadonlySet<string>): OsvReading {
  const record = recordSchema.parse(json);
  const affected = record.affected.filter(
    (one) => one.package.ecosystem === 'npm' && packages.has(one.package.name),
  );
  if (affected.length === 0 || MALWARE.test(record.id)) return NOTHING;
  if (record.withdrawn !== undefined) return { ...NOTHING, withdrawn: [record.id] };
  const advisories: Advisory[] = [];
  const endless: string[] = [];
  for (const [name, parts] of groups(affected)) {
    const spans = parts.flatMap(spansOf);
    if (spans.length === 0 || spans.some((span) => span.range === null)) {
      endless.push(record.id);
      continue;
    }
    advisories.push({
      id: record.id,
      aliases: record.aliases,
      package: name,
      range: spans.map((span) => span.range).join(' || '),
      fixed: spans.findLast((span) => span.fixed !== null)?.fixed ?? null,
      severity: severityOf(record.database_specific.severity),
      summary: record.summary,
      source: `https://osv.dev/vulnerability/${record.id}`,
    });
  }
  return { advisories, withdrawn: [], endless };
}

/** `introduced` opens a span, `fixed` ends it before a version and `last_affected` with one. */
function spansOf({
  ranges,
  versions,
  database_specific,
}: Affected): { range: string | null; fixed: string | null }[] {
  const spans: { range: string | null; fixed: string | null }[] = [];
  for (const { type, events } of ranges) {
    if (type !== 'SEMVER' && type !== 'ECOSYSTEM') continue;
    let from: string | null = null;
    const end = (until: string | null, fixed: string | null) => {
      const start = from === '0' ? '' : `>=${from ?? ''}`;
      if (from !== null) spans.push({ range: until === null ? null : `${start} ${until}`.trim(), fixed });
      from = null;
    };
    for (const event of events) {
      if (event.introduced !== undefined) from = event.introduced;
      if (event.fixed !== undefined) end(`<${event.fixed}`, event.fixed);
      if (event.last_affected !== undefined) end(`<=${event.last_affected}`, null);
    }
    end(database_specific.last_known_affected_version_range ?? null, null);
  }
  return [...spans, ...versions.map((version) => ({ range: version, fixed: null }))];
}

function groups(affected: readonly Affected[]): Map<string, Affected[]> {
  const found = new Map<string, Affected[]>();
  for (const one of affected) found.set(one.package.name, [...(found.get(one.package.name) ?? []), one]);
  return found;
}

function severityOf(word: string): Advisory['severity'] {
  const lower = word.toLowerCase();
  return lower === 'low' || lower === 'high' || lower === 'critical' ? lower : 'moderate';
}

type Affected = z.infer<typeof affectedSchema>;

const NOTHING: OsvReading = { advisories: [], withdrawn: [], endless: [] };
/** Whole packages that were published to do harm are another list. */
const MALWARE = /^MAL-/;
const affectedSchema = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }),
  ranges: z
    .array(
      z.object({
        type: z.string(),
        events: z.array(
          z.object({
            introduced: z.string().optional(),
            fixed: z.string().optional(),
            last_affected: z.string().optional(),
          }),
        ),
      }),
    )
    .default([]),
  versions: z.array(z.string()).default([]),
  database_specific: z.object({ last_known_affected_version_range: z.string().optional() }).default({}),
});
const recordSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()).default([]),
  summary: z.string().default('No summary'),
  withdrawn: z.string().optional(),
  affected: z.array(affectedSchema).default([]),
  database_specific: z.object({ severity: z.string().default('moderate') }).default({ severity: 'moderate' }),
});
