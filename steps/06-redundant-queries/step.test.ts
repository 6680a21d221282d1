import { defineChecks } from '../../harness/checks.ts';
import type { Run } from '../../harness/run.ts';
import { expectFresh, expectRight } from './answers.ts';
import { expectFewRows, expectSmallControl } from './elsewhere.ts';
import { expectNoGrowth } from './growth.ts';
import { expectFewQueries, expectNoTwins } from './repetition.ts';
import { refusedAdmission } from './refused-admission.ts';
import { NEW_PATIENTS } from './stage.ts';
import { changed, crowded, filled, three, twelve } from './tour.ts';
import { shownOf } from './wording.ts';

export default defineChecks(import.meta.dirname, {
  async 'list-shows'(run) {
    expectRight(run, 'list', (await run.once(three)).list);
  },

  async 'list-asks-once'(run) {
    const { list } = await run.once(three);
    run.show(shownOf(list.exchange));
    expectNoTwins(run, list);
  },

  async 'facility-shows'(run) {
    expectRight(run, 'facility', (await run.once(three)).north, 'the North Clinic');
    const { empty, small, opened } = await run.once(twelve);
    expectRight(run, 'facility', empty, 'a facility without patients');
    if (isPeopled(run, opened.refused)) expectRight(run, 'facility', small, 'a small facility');
  },

  async 'facility-asks-once'(run) {
    const { north } = await run.once(three);
    run.show(shownOf(north.exchange));
    expectNoTwins(run, north);
  },

  async 'list-growth'(run) {
    const before = await run.once(three);
    const after = await run.once(twelve);
    run.show(shownOf(after.list.exchange));
    expectSmallControl(run, before.control, after.control);
    const isRight = expectFresh(run, 'list', [before.list], after.list);
    const isSteady = expectNoGrowth(
      run,
      [before.list, 'three facilities'],
      [after.list, 'twelve facilities'],
      ODD_QUERIES,
    );
    if (!isRight || !isSteady) return;
    expectFewQueries(run, after.list);
    const peopled = (await run.once(filled)).list;
    if (!expectNoGrowth(run, [after.list, 'few patients'], [peopled, 'eight patients more'], ODD_QUERIES))
      return;
    const { count, list } = await run.once(crowded);
    const crowd = `${count} facilities more`;
    expectFresh(run, 'list', [before.list, after.list], list);
    expectNoGrowth(run, [after.list, 'twelve facilities'], [list, crowd], count / 3);
  },

  async 'facility-growth'(run) {
    const { small, empty, opened } = await run.once(twelve);
    if (!isPeopled(run, opened.refused)) return;
    const { refused, large } = await run.once(filled);
    if (!isPeopled(run, refused)) return;
    run.show(shownOf(large.exchange));
    expectRight(run, 'facility', large, 'a facility with many patients');
    if (!expectNoGrowth(run, [small, 'two patients and a note'], [large, 'nine of each'], 2)) return;
    const staffed = (await run.once(changed)).empty;
    if (expectNoGrowth(run, [empty, 'one doctor'], [staffed, 'five doctors'], 2))
      expectFewQueries(run, large);
  },

  async fresh(run) {
    const [early, before, after, last] = [
      await run.once(three),
      await run.once(twelve),
      await run.once(filled),
      await run.once(changed),
    ];
    const isFresh =
      expectFresh(run, 'list', [early.list, before.list], after.list) &&
      expectFresh(run, 'list', [early.list, before.list, after.list], last.list);
    if (!isFresh) return;
    expectFresh(run, 'facility', [early.north], last.north, 'the North Clinic');
    expectFresh(run, 'facility', [before.empty], last.empty, 'a facility without patients');
  },

  async 'rows-moved'(run) {
    const before = await run.once(twelve);
    const after = await run.once(filled);
    if (!isPeopled(run, after.refused)) return;
    expectFewRows(run, before.list, after.list, NEW_PATIENTS);
    expectFewRows(run, before.small, after.small, NEW_PATIENTS);
  },
});

function isPeopled(run: Run, refused: Parameters<typeof refusedAdmission>[0] | null): boolean {
  if (refused !== null) run.report(refusedAdmission(refused));
  return refused === null;
}

/** Queries more with four times the facilities: for whoever asks in batches, of ten for example. */
const ODD_QUERIES = 3;
