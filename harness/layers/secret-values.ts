import { gunzipSync } from 'node:zlib';
import { NO_TRACE, type Trace } from './trace.ts';

/** The values that may be in no image, by name, and how they are recognised. */
export interface SecretValues {
  readonly names: readonly string[];
  /** The first value of that name; `undefined` for a name that is no secret. */
  valueOf(name: string): string | undefined;
  /** Raw, base64 (three alignments), base64 over several lines, hex, reversed, percent-encoded, and inside gzip. */
  find(content: Buffer | string): Trace;
  /** A piece of a value of at least eight characters, that `find` does not see as the whole. */
  findPieces(content: string): Trace;
}

/** Several values of one name are the same secret (the shipped one and the one planted for this run). */
export function createSecretValues(values: ReadonlyMap<string, readonly string[]>): SecretValues {
  const forms = [...values].map(([name, each]) => ({ name, texts: each.flatMap(formsOf) }));
  const known = new WeakMap<Buffer, Trace>();
  const search = (text: string): Trace => {
    const flat = text.replace(/\s+/g, '');
    const hits = forms.filter(({ texts }) =>
      texts.some((form) => text.includes(form) || flat.includes(form)),
    );
    return hits.length === 0 ? NO_TRACE : new Map(hits.map(({ name }) => [name, 'certain']));
  };
  const searchBytes = (bytes: Buffer): Trace => {
    const inner = bytes[0] === 0x1f && bytes[1] === 0x8b ? unzip(bytes) : bytes;
    return search(inner.toString('latin1'));
  };
  return {
    names: [...values.keys()],
    valueOf: (name) => values.get(name)?.[0],
    find(content) {
      if (typeof content === 'string') return search(Buffer.from(content).toString('latin1'));
      const before = known.get(content);
      if (before !== undefined) return before;
      const trace = searchBytes(content);
      known.set(content, trace);
      return trace;
    },
    findPieces(content) {
      const hits = [...values].filter(([, each]) => each.some((value) => hasPiece(content, value)));
      return new Map(hits.map(([name]) => [name, 'possible']));
    },
  };
}

/** `KEY=value` lines, as in `.secrets` and `.env`: values without their quotes; empty ones left out. */
export function parseSecretLines(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, raw] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    const value = raw?.trim().replace(/^(['"])(.*)\1$/, '$2');
    if (name !== undefined && value !== undefined && value !== '') found.set(name, value);
  }
  return found;
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const raw = bytes.toString('latin1');
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before, 'x'), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first letters mix with what stands before the value, the last with what follows it.
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  const url = base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_'));
  const all = [raw, [...raw].reverse().join(''), hex, hex.toUpperCase(), encodeURIComponent(value)];
  return [...new Set([...all, ...base64, ...url])].filter((form) => form.length >= 6);
}

function hasPiece(content: string, value: string): boolean {
  for (let at = 0; at + PIECE <= value.length; at += 1)
    if (content.includes(value.slice(at, at + PIECE))) return true;
  return false;
}

function unzip(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    return bytes;
  }
}

const PIECE = 8;
