import type { Trace } from '../trace.ts';

/** Where a file of an image comes from. */
export type Origin =
  | { readonly kind: 'context'; readonly path: string }
  | { readonly kind: 'text' }
  | { readonly kind: 'base'; readonly image: string }
  | { readonly kind: 'tool'; readonly tool: string };

/** A file as the model knows it. Never changed: another state is another node. */
export interface FileNode {
  /** `null`: a tool made it, and the model does not run tools. */
  readonly bytes: Buffer | null;
  /** Bytes on disk: exact when `bytes` is known, else an estimate from the table of sizes, else 0. */
  readonly size: number;
  readonly trace: Trace;
  readonly origin: Origin;
  /** User name or number, as written; `root` unless said. */
  readonly owner: string;
  readonly mode: number;
  /** The text that it was compiled from: what it imports can be read there. */
  readonly compiledFrom?: Buffer;
  /** A bundle holds what it imports, apart from these packages. */
  readonly bundled?: readonly string[];
}
