import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Measurement } from './figures.ts';
import { measureOpenPage } from './open-page.ts';
import { measureWarmPage } from './pages.ts';
import { type MemoryOf, memoryOfTree, totalOf } from './process-tree.ts';
import { startSession } from './session.ts';
import { measureTabs } from './tabs.ts';

/** `npm start` for the first time and again: how long, how quick its pages, how large its processes. */
export async function measureWorkshop({
  root,
  environment,
  runs,
  say,
}: {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly runs: number;
  say(line: string): void;
}): Promise<{ readonly measurements: readonly Measurement[]; readonly processes: readonly MemoryOf[] }> {
  const first = await startSession(root, environment);
  await first.close();
  const later = await startSession(root, environment);
  try {
    // After a verdict the judge makes the next database and process ready; memory is read when that has settled.
    await pause(SETTLED_MS);
    const rested = (await memoryOfTree(later.pid)) ?? [];
    const warm = await measureWarmPage(later.guideUrl, '/steps/sql-injection', runs * 10);
    const tabs = await measureTabs(root, later, TABS, runs);
    const ms = (name: string, ...values: readonly number[]): Measurement => ({ name, unit: 'ms', values });
    await later.judged(() => appendFile(join(root, ...SAVED), '\n// saved\n'));
    await pause(SETTLED_MS);
    const processes = (await memoryOfTree(later.pid)) ?? [];
    const asked = { file: join(root, ...SAVED), path: '/steps/sql-injection', runs };
    const shown = await measureOpenPage(later, asked, environment);
    if (shown === null) say(NO_BROWSER);
    return {
      processes,
      measurements: [
        ms('first start, to the guide', first.guide),
        ms('first start, to the clinic', first.clinic),
        ms('first start, to the first verdict', first.verdict),
        ms('later start, to the guide', later.guide),
        ms('later start, to the clinic', later.clinic),
        ms('later start, to the first verdict', later.verdict),
        ms(FIRST_PAGE, later.firstPage),
        ms(WARM_PAGE, ...warm),
        ms(`event to the first of ${TABS} open tabs`, ...tabs.first),
        ms(`event to the last of ${TABS} open tabs`, ...tabs.last),
        ...(shown === null ? [] : [ms(OPEN_PAGE, ...shown)]),
        ...(tabs.megabytes === null ? [] : [mb(`${TABS} open tabs, added to the daemon`, tabs.megabytes)]),
        ...(rested.length === 0 ? [] : [mb('memory of all processes, after the start', totalOf(rested))]),
        ...(processes.length === 0 ? [] : [mb(MEMORY, totalOf(processes)), ...parts(processes)]),
      ],
    };
  } finally {
    await later.close();
  }
}

function parts(processes: readonly MemoryOf[]): Measurement[] {
  const names = [...new Set(processes.map(({ part }) => part))];
  return names.map((name) => {
    const group = processes.filter(({ part }) => part === name);
    return mb(`memory, ${name}${group.length > 1 ? ` × ${group.length}` : ''}`, totalOf(group));
  });
}

const mb = (name: string, value: number): Measurement => ({ name, unit: 'MB', values: [value] });
const SETTLED_MS = 3_000;
const TABS = 50;
export const FIRST_PAGE = 'process start to the first guide page';
export const WARM_PAGE = 'warm guide page';
export const OPEN_PAGE = 'verdict to the open page in a browser';
const NO_BROWSER =
  'no Chromium is found, so the way from a verdict to an open page is left out; CHROMIUM_PATH names one';
export const MEMORY = 'memory of all processes, after a save';
const SAVED = ['app', 'src', 'views', 'search.ts'];
