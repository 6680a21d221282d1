import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';

/** Every step under `root`/steps, lowest number first. Throws `STEP_INVALID` naming file and field. */
export function loadCatalogue(root: string): Promise<readonly Step[]> {
  return Promise.reject(new WorkshopError('NOT_BUILT', `loadCatalogue ${root}`, { remedy: '' }));
}

/** The step of that number or slug (`7`, `07`, `sql-injection`). Throws `STEP_UNKNOWN` with the nearest. */
export function findStep(catalogue: readonly Step[], wanted: string): Step {
  throw new WorkshopError('NOT_BUILT', `findStep ${wanted} ${catalogue.length}`, { remedy: '' });
}
