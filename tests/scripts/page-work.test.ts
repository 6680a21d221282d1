import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Step } from '../../model/step.ts';
import { stepProgress } from '../../model/progress.ts';
import { LONGEST_ANSWER } from '../../runner/discussion.ts';
import { createPageWork, type PageWork } from '../../scripts/daemon/page-work.ts';
import { createProgressFeed, type ProgressFeed } from '../../scripts/daemon/progress-feed.ts';
import { createReleasers } from '../../scripts/releasers.ts';
import { openWorkshop } from '../../scripts/workshop.ts';
import { openWorkspace, type Workspace } from '../../store/workspace/workspace.ts';
import { refusal } from '../store/refusal.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { computeBaseline } from '../../store/workspace/baseline.ts';
import { SAMPLE_FILES, SHIPPED_GREETING, SOLVED_GREETING } from './sample-steps.ts';

interface Real extends PageWork {
  readonly root: string;
  readonly step: Step;
  readonly workspace: Workspace;
  readonly feed: ProgressFeed;
  /** Resolves when the feed has heard of everything that was journaled. */
  heard(type: string): Promise<void>;
}

const QUESTIONS = '# Discussion\n\n## Questions to ask\n\n1. Why?\n2. What then?\n';

/** The real journal and the real files in a folder of their own. */
async function real(): Promise<Real> {
  const root = await temporaryFolder({ ...SAMPLE_FILES, 'steps/01-spelling/discussion.md': QUESTIONS });
  const shipped = await (await openWorkspace({ root })).files();
  await writeFile(join(root, 'steps/baseline.json'), JSON.stringify(computeBaseline(shipped)));
  const releasers = createReleasers();
  onTestFinished(() => releasers.closeAll());
  const workshop = await openWorkshop(root, releasers);
  const workspace = await openWorkspace({ root });
  const feed = createProgressFeed(workshop.journal, workshop.progress);
  releasers.add(() => feed.close());
  const [step] = workshop.catalogue;
  if (step === undefined) throw new Error('there is no step');
  const types: string[] = [];
  const waiting = new Set<() => void>();
  feed.follow(({ type }) => {
    types.push(type);
    for (const look of [...waiting]) look();
  });
  const heard = (type: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!types.includes(type)) return;
        waiting.delete(look);
        types.splice(types.indexOf(type), 1);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return {
    ...createPageWork({ workshop, workspace, progress: feed.progress }),
    root,
    step,
    workspace,
    feed,
    heard,
  };
}

const GREETING = 'app/src/greeting.ts';
/** Bytes that a careless way back would change: Windows line ends, a mark at the start, no line break at the end. */
const MINE = Buffer.from('\ufeffexport const greeting = "Mine";\r\n// \u00fc, and no end', 'utf8');

describe('a reset from a page', () => {
  test('keeps the learner’s file, and undo brings it back byte for byte, and takes that back too', async () => {
    const { root, does, shows, step, feed, heard } = await real();
    const file = join(root, GREETING);
    await writeFile(file, MINE);
    const { files } = await shows.resetPlan(step);
    expect(files).toEqual([GREETING]);
    await does.reset('spelling', files);
    await heard('step.reset');
    expect(await readFile(file, 'utf8')).toBe(SHIPPED_GREETING);

    const { last, files: left } = await shows.resetPlan(step);
    expect([left, last?.reason, last?.touches]).toEqual([[], 'reset of spelling', [GREETING]]);
    await does.undo('spelling', last?.id ?? '');
    await heard('work.restored');
    expect((await readFile(file)).equals(MINE)).toBe(true);
    expect(feed.progress().lastSeq).toBeGreaterThan(0);

    const again = (await shows.resetPlan(step)).last;
    expect(again?.reason).toBe('undo of reset of spelling');
    await does.undo('spelling', again?.id ?? '');
    expect(await readFile(file, 'utf8')).toBe(SHIPPED_GREETING);
  });

  test('writes only what the page had named, and nothing when that is as shipped', async () => {
    const { root, does } = await real();
    const other = join(root, 'app/src/farewell.ts');
    await writeFile(other, 'mine');
    expect(
      await refusal(() => does.reset('spelling', [GREETING, 'app/src/farewell.ts', '../../outside'])),
    ).toContain('NOTHING_TO_RESET');
    expect(await readFile(other, 'utf8')).toBe('mine');
  });

  test('is not undone a second time by a page that was left open', async () => {
    const { root, does, shows, step, workspace } = await real();
    const file = join(root, GREETING);
    await writeFile(file, MINE);
    await does.reset('spelling', [GREETING]);
    const id = (await shows.resetPlan(step)).last?.id ?? '';
    await does.undo('spelling', id);
    await writeFile(file, 'written since');
    const kept = (await workspace.backups()).length;
    expect(await refusal(() => does.undo('spelling', id))).toContain('UNDONE_ALREADY');
    expect(await refusal(() => does.undo('spelling', '../../journal'))).toContain('BACKUP_UNKNOWN');
    expect(await readFile(file, 'utf8')).toBe('written since');
    expect(await workspace.backups()).toHaveLength(kept);
  });
});

describe('a comparison', () => {
  test('is the solution beside the learner’s files, and neither writes nor journals', async () => {
    const { root, shows, step, feed, workspace } = await real();
    await writeFile(join(root, GREETING), "export const greeting = 'Hello';\n");
    const { title, files, conflicts } = await shows.comparison(step);
    expect(title).toBe('Spell it right');
    expect(files.map(({ path, theirs }) => [path, theirs?.toString()])).toEqual([
      [GREETING, SOLVED_GREETING],
    ]);
    expect(conflicts.map(({ file, lines }) => [file, lines?.from])).toEqual([[GREETING, 1]]);
    expect(feed.progress().lastSeq).toBe(-1);
    expect(await workspace.backups()).toEqual([]);
  });

  test('is journaled when it was asked for', async () => {
    const { does, feed, heard } = await real();
    await does.showSolution('spelling');
    await heard('solution.revealed');
    expect(stepProgress(feed.progress(), 'spelling').solutionRevealed).toBe(true);
  });
});

describe('an answer', () => {
  test('is kept as it was written, without what no page could show, and taken back by an empty one', async () => {
    const { does, feed, heard } = await real();
    await does.answer('spelling', 'Why?', '  First.\r\n\r\n<b>\u202eSecond\u0007  ');
    await heard('discussion.answered');
    expect(stepProgress(feed.progress(), 'spelling').answers['Why?']?.text).toBe('  First.\n\n<b>Second');
    await does.answer('spelling', 'Why?', ' \n');
    await heard('discussion.answered');
    expect(stepProgress(feed.progress(), 'spelling').answers).toEqual({});
  });

  test('of 10,000 characters is kept, and of one more is not, which is said', async () => {
    const { does, feed, heard } = await real();
    await does.answer('spelling', 'Why?', 'ü'.repeat(LONGEST_ANSWER));
    await heard('discussion.answered');
    expect(await refusal(() => does.answer('spelling', 'Why?', 'ü'.repeat(LONGEST_ANSWER + 1))))
      .toMatchInlineSnapshot(`
      "ANSWER_TOO_LONG
      An answer of 10,001 characters was to be saved, and at most 10,000 are kept.
      > Shorten it and save it again. What was saved before stays."
    `);
    expect(stepProgress(feed.progress(), 'spelling').answers['Why?']?.text).toHaveLength(LONGEST_ANSWER);
  });

  test('of another process is heard, and shows in what is saved here', async () => {
    const { root, feed, heard } = await real();
    const releasers = createReleasers();
    onTestFinished(() => releasers.closeAll());
    const other = await openWorkshop(root, releasers);
    await other.journal.append({ type: 'discussion.scored', slug: 'spelling', level: 'junior' });
    await heard('discussion.scored');
    expect(stepProgress(feed.progress(), 'spelling').score?.level).toBe('junior');
  });

  test('to a question that nobody asks is not kept', async () => {
    const { does, feed } = await real();
    expect(await refusal(() => does.answer('spelling', 'Why not?', 'So.'))).toMatchInlineSnapshot(`
      "QUESTION_UNKNOWN
      An answer was to be saved, and the discussion of step 1 does not ask "Why not?" (any more).
      > Copy your answer, load the page again and put it under the question that it belongs to."
    `);
    expect(await refusal(() => does.score('spelling', 'principal'))).toMatchInlineSnapshot(`
      "LEVEL_UNKNOWN
      "principal" is no level of the rubric.
      > Choose one of junior, mid-level, senior."
    `);
    expect(feed.progress().lastSeq).toBe(-1);
  });
});

test('a report tells all of it, and the same twice', async () => {
  const { root, does, shows, heard } = await real();
  await writeFile(join(root, GREETING), SOLVED_GREETING);
  await does.answer('spelling', 'What then?', 'Then this.');
  await does.score('spelling', 'Mid level');
  await does.showSolution('spelling');
  await heard('solution.revealed');
  const report = await shows.report();
  expect(report.steps[0]).toMatchObject({
    slug: 'spelling',
    state: 'untouched',
    solution: 'seen before passing',
    questions: 2,
    score: { level: 'mid-level' },
    answers: [{ question: 'What then?', text: 'Then this.' }],
    files: [{ path: GREETING, added: 1, removed: 1, shownUnder: null }],
  });
  expect(report.steps[0]?.files[0]?.diff).toContain(
    "-export const greeting = 'Good moring';\n+export const greeting = 'Good morning';",
  );
  // A file of two steps is shown once.
  await writeFile(join(root, 'app/src/farewell.ts'), 'mine\n');
  const again = await shows.report();
  expect(again.steps.slice(1).map(({ files }) => files.map(({ shownUnder }) => shownUnder))).toEqual([
    [null],
    [2],
  ]);
  expect(await shows.report()).toEqual(again);
});
