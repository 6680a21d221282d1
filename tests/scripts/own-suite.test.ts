import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCli } from './started.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeEach(async () => void (workshop = await copyWorkshop(SUITE)));
afterEach(() => workshop.remove());

test('npm test leaves a learner’s own database alone, and hands on the rest', async () => {
  const command = startCli(workshop.root, ['test'], {
    DATABASE_URL: 'postgres://learner@127.0.0.1:9/treasure',
    GREETING: 'Good morning',
  });
  expect(await command.ended, command.printed()).toBe(0);
  expect(command.printed()).toContain('1 passed');
});

const SUITE = {
  'vitest.config.ts': `export default { test: { include: ['tests/*.test.ts'] } };\n`,
  'tests/seen.test.ts': `import { expect, test } from 'vitest';
test('what it sees', () => {
  expect(process.env['DATABASE_URL']).toBeUndefined();
  expect(process.env['GREETING']).toBe('Good morning');
});
`,
};
