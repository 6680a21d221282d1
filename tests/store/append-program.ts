import { writeSync } from 'node:fs';
import { openJournal } from '../../store/journal/journal.ts';

/** Appends `count` events of its own slug, and says the number of each when it is acknowledged. */
const [file, slug, count] = process.argv.slice(2);
if (file === undefined || slug === undefined) throw new Error('usage: append-program FILE SLUG [COUNT]');
const journal = await openJournal(file);
for (let i = 0; i < Number(count ?? 'Infinity'); i++) {
  const event = await journal.append({
    type: 'discussion.answered',
    slug,
    question: String(i),
    answer: 'x'.repeat(2000),
  });
  writeSync(1, `${event.seq}\n`);
}
await journal.close();
