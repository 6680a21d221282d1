import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** One write that kills its own process right before its NTH change of a name on the disk; ends by itself when there are fewer. */
const [root, nth] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: killed-write-program ROOT NTH');
const { rename, unlink } = fs.promises;
let changes = 0;
const counting = (): void => {
  if (++changes === Number(nth)) process.kill(process.pid, 'SIGKILL');
};
fs.promises.rename = (from, to) => (counting(), rename(from, to));
fs.promises.unlink = (path) => (counting(), unlink(path));
syncBuiltinESMExports();

const { openWorkspace } = await import('../../store/workspace/workspace.ts');
const workspace = await openWorkspace({ root });
changes = 0;
const written = [
  ['app/src/search.ts', Buffer.from('theirs\n')],
  ['app/package.json', Buffer.from('theirs\n')],
  ['app/src/views/notes.ts', null],
  ['app/src/new.ts', Buffer.from('theirs\n')],
] as const;
await workspace.write(new Map<string, Buffer | null>(written), 'write');
