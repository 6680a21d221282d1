import { writeSync } from 'node:fs';
import { openWorkspace } from '../../store/workspace/workspace.ts';

/** Replaces, adds and removes files again and again, saying when a write begins and when it is done, until it is killed. */
const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: write-program ROOT');
const workspace = await openWorkspace({ root });
for (let i = 0; ; i++) {
  const files = Array.from(
    { length: 8 },
    (_, n) => [`app/src/generated-${n}.ts`, Buffer.from(`${n} ${i} ${process.pid}\n`.repeat(500))] as const,
  );
  writeSync(1, `begin ${i}\n`);
  await workspace.write(
    new Map<string, Buffer | null>([
      ...files,
      ['app/src/search.ts', i % 2 === 0 ? null : Buffer.from(`${i}\n`)],
    ]),
    'write',
  );
  writeSync(1, `done ${i}\n`);
}
