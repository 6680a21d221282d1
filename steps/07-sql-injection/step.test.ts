import { defineChecks } from '../../harness/checks.ts';
import { againstBackslashes, againstNumber, againstSort, againstText } from './attacks.ts';
import { attack } from './campaign.ts';
import { facilityDoor, searchDoor, storedDoor } from './doors.ts';
import { exportWorks } from './export-works.ts';
import { listDoors } from './list-doors.ts';
import { whileRenamed } from './rename.ts';
import { searchWorks } from './search-works.ts';
import { noteInheritedKey, sortsAndLimits } from './sort-and-limit.ts';
import { stage } from './stage.ts';

export default defineChecks(import.meta.dirname, {
  'search-works': searchWorks,

  async 'search-name'(run) {
    const scene = await run.once(stage);
    const name = searchDoor(scene, 'name', 'injection/input-in-statement');
    await attack(run, scene, name, { attacks: againstText, isShown: true });
  },

  async 'sort-and-limit'(run) {
    await sortsAndLimits(run);
    const scene = await run.once(stage);
    for (const isAlone of [false, true]) {
      const most = isAlone ? 1 : Number.POSITIVE_INFINITY;
      const sort = searchDoor(scene, 'sort', 'injection/sort-in-statement', { isAlone });
      await attack(run, scene, sort, { attacks: againstSort.slice(0, most) });
      const limit = searchDoor(scene, 'limit', 'injection/limit-in-statement', { isAlone });
      await attack(run, scene, limit, { attacks: againstNumber.slice(0, most) });
    }
    await noteInheritedKey(run);
  },

  async 'export-works'(run) {
    await exportWorks(run);
    const scene = await run.once(stage);
    await attack(run, scene, facilityDoor(scene), { attacks: againstNumber });
  },

  async 'stored-name'(run) {
    const scene = await run.once(stage);
    await whileRenamed(run, scene, async () => {
      await attack(run, scene, storedDoor(run, scene, 'export'), { attacks: againstText, isShown: true });
      await attack(run, scene, storedDoor(run, scene, 'search'), { attacks: againstText.slice(0, 3) });
    });
  },

  async 'query-shapes'(run) {
    const scene = await run.once(stage);
    for (const { door, attacks } of listDoors(scene)) await attack(run, scene, door, { attacks });
  },

  async backslash(run) {
    const scene = await run.once(stage);
    const { tap } = (await run.clinic()).database;
    const campaign = { attacks: againstBackslashes, conforming: 'off' } as const;
    const ruleId = 'injection/backslash';
    await tap.configure('standard_conforming_strings', 'off');
    await attack(run, scene, searchDoor(scene, 'name', ruleId), campaign);
    await whileRenamed(run, scene, async () => {
      for (const end of ['export', 'search'] as const)
        await attack(run, scene, { ...storedDoor(run, scene, end), ruleId }, campaign);
    });
    await tap.configure('standard_conforming_strings', 'on');
  },
});
