import { EVENT_VERSION, type WorkshopEvent, workshopEventSchema } from '../../model/event.ts';

/** Says of each line of a journal, in their order, what it is. */
export interface LineReader {
  read(line: Buffer): Line;
}

export type Line =
  | { readonly kind: 'event'; readonly event: WorkshopEvent }
  | { readonly kind: 'heading' }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

/** The first line of a journal gives it its identity; it is no event and has no number. */
export const HEADING = 'journal.opened';

/** What is not of this journal, or does not rise in number, is a line that somebody else put there: unreadable. */
export function createLineReader(): LineReader {
  let journal: string | null = null;
  let lastSeq = -1;
  return {
    read(line) {
      const json = parseObject(line);
      if (json === null) return { kind: 'unreadable' };
      if (typeof json['journal'] === 'string') journal ??= json['journal'];
      if (json['type'] === HEADING) return { kind: 'heading' };
      const parsed = workshopEventSchema.safeParse(json);
      if (!parsed.success) return { kind: isNewer(json) ? 'newer' : 'unreadable' };
      if (parsed.data.journal !== journal || parsed.data.seq <= lastSeq) return { kind: 'unreadable' };
      lastSeq = parsed.data.seq;
      return { kind: 'event', event: parsed.data };
    },
  };
}

/** Identity and number of a line, whatever else it holds, without parsing what is long. */
export function envelopeOf(line: Buffer): { readonly journal: string | null; readonly seq: number | null } {
  const [, journal, seq] = OUR_BEGINNING.exec(line.toString('utf8', 0, 200)) ?? [];
  if (journal !== undefined && seq !== undefined) return { journal, seq: Number(seq) };
  const json = parseObject(line);
  return {
    journal: typeof json?.['journal'] === 'string' ? json['journal'] : null,
    seq: Number.isSafeInteger(json?.['seq']) ? Number(json?.['seq']) : null,
  };
}

function parseObject(line: Buffer): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(line.toString('utf8'));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : null;
  } catch {
    return null;
  }
}

function isNewer(json: Record<string, unknown>): boolean {
  const { v, type } = json;
  if (typeof v !== 'number' || typeof type !== 'string') return false;
  return v > EVENT_VERSION || (v === EVENT_VERSION && !KNOWN_TYPES.has(type));
}

const OUR_BEGINNING = /^\{"v":\d+,"journal":"([\w-]+)","seq":(\d+),/;
const KNOWN_TYPES: ReadonlySet<string> = new Set(
  workshopEventSchema.options.map((option) => option.shape.type.value),
);
