/** Files by path relative to the workshop's root, `/` on every system: `app/src/server.ts`. */
export type FileTree = ReadonlyMap<string, Buffer>;
