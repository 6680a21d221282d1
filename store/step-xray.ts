import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Evidence, evidenceSchema } from '../model/evidence.ts';
import type { Step } from '../model/step.ts';
import { KIND_OF_DRAWING } from '../model/xray.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { loadJsonFile } from './json-file.ts';

/**
 * What the clinic as shipped shows in a step's X-ray, as it was recorded; `null` for a step without a recording.
 * Throws `XRAY_INVALID` naming the file, also when it holds evidence of a kind that the step does not draw.
 */
export async function loadXray(step: Step): Promise<readonly Evidence[] | null> {
  const file = xrayFile(step);
  if (step.xray === undefined || (await stat(file).catch(() => null)) === null) return null;
  const wanted = { file, root: join(step.directory, '..', '..'), schema, code: 'XRAY_INVALID' };
  const remedy = `Record it anew: \`npm run author xray ${step.number}\`.`;
  const { evidence } = await loadJsonFile({ ...wanted, remedy });
  const kind = KIND_OF_DRAWING[step.xray.drawing];
  const other = evidence.find((one) => one.kind !== kind);
  if (other === undefined) return evidence;
  const message = `steps/${basename(step.directory)}/xray.json: expected evidence of the kind "${kind}", which ${step.xray.drawing} draws, found "${other.kind}".`;
  throw new WorkshopError('XRAY_INVALID', message, { remedy });
}

/** One line for each piece of evidence. Answers the file. */
export async function saveXray(step: Step, evidence: readonly Evidence[]): Promise<string> {
  const lines = evidence.map((one) => JSON.stringify(one)).join(',\n');
  await writeAtomically(xrayFile(step), `{"evidence":[\n${lines}\n]}\n`);
  return xrayFile(step);
}

/** Where a step's recording is. */
export const xrayFile = (step: Step) => join(step.directory, 'xray.json');
const schema = z.strictObject({ evidence: z.array(evidenceSchema).min(1) });
