import { defineChecks } from '../../harness/checks.ts';
import { againstBackslashes, againstNumber, againstSort, againstText, type Attack } from './attacks.ts';
import { attack } from './campaign.ts';
import { facilityDoor, type ListParameter, listDoor, rename, searchDoor, storedDoor } from './doors.ts';
import { exportWorks } from './export-works.ts';
import { searchWorks } from './search-works.ts';
import { noteInheritedKey, sortsAndLimits } from './sort-and-limit.ts';
import { type Stage, stage } from './stage.ts';
import type { Run } from '../../harness/run.ts';

export default defineChecks(import.meta.dirname, {
  'search-works': searchWorks,

  async 'search-name'(run) {
    const scene = await run.once(stage);
    await attack(run, scene, searchDoor(scene, 'name', 'injection/input-in-statement'), againstText);
  },

  async 'sort-and-limit'(run) {
    await sortsAndLimits(run);
    const scene = await run.once(stage);
    await attack(run, scene, searchDoor(scene, 'sort', 'injection/sort-in-statement'), againstSort);
    await attack(run, scene, searchDoor(scene, 'limit', 'injection/limit-in-statement'), againstNumber);
    const isAlone = true;
    const sort = searchDoor(scene, 'sort', 'injection/sort-in-statement', { isAlone });
    await attack(run, scene, sort, againstSort.slice(0, 1));
    const limit = searchDoor(scene, 'limit', 'injection/limit-in-statement', { isAlone });
    await attack(run, scene, limit, againstNumber.slice(0, 1));
    await noteInheritedKey(run);
  },

  async 'export-works'(run) {
    await exportWorks(run);
    const scene = await run.once(stage);
    await attack(run, scene, facilityDoor(scene), againstNumber);
  },

  async 'stored-name'(run) {
    const scene = await run.once(stage);
    await renamedBack(run, scene, async () => {
      await attack(run, scene, storedDoor(run, scene, 'export'), againstText);
      await attack(run, scene, storedDoor(run, scene, 'search'), againstText.slice(0, 3));
    });
  },

  async 'query-shapes'(run) {
    const scene = await run.once(stage);
    for (const [parameter, attacks] of LISTS)
      for (const spelling of spellingsOf(parameter))
        await attack(run, scene, listDoor(scene, spelling, parameter), attacks);
  },

  async backslash(run) {
    const scene = await run.once(stage);
    const { tap } = (await run.clinic()).database;
    await tap.configure('standard_conforming_strings', 'off');
    await attack(run, scene, searchDoor(scene, 'name', 'injection/backslash'), againstBackslashes, 'off');
    await renamedBack(run, scene, () =>
      attack(
        run,
        scene,
        { ...storedDoor(run, scene, 'export'), ruleId: 'injection/backslash' },
        againstBackslashes,
        'off',
      ),
    );
    await tap.configure('standard_conforming_strings', 'on');
  },
});

async function renamedBack(run: Run, scene: Stage, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await rename(run, scene, scene.north.name);
  }
}

/** As one parser of addresses or another makes a list, or an object, of them. */
const spellingsOf = (parameter: string) => [
  [parameter, parameter],
  [`${parameter}[]`, `${parameter}[]`],
  [`${parameter}[0]`, `${parameter}[other]`],
];

/** One attack a parameter is enough here: the others have been tried on the plain spelling. */
const LISTS: readonly (readonly [parameter: ListParameter, attacks: readonly Attack[]])[] = [
  ['name', againstText.slice(0, 1)],
  ['sort', againstSort.slice(0, 1)],
  ['limit', againstNumber.slice(0, 1)],
  ['facility', againstNumber.slice(0, 1)],
];
