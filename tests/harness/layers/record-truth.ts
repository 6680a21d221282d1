/** Asks the engine about every case, or those named, and keeps its answers: `node --import tsx tests/harness/layers/record-truth.ts`. */
import { writeFileSync } from 'node:fs';
import { engineVersion } from '../../../harness/layers/engine/docker.ts';
import { type Image, RECORDED, realImage, recordedImages, truthCases } from './truth.ts';

const engine = await engineVersion();
if (engine === null) throw new Error('no Docker engine answers');
const only = process.argv.slice(2);
const before = only.length === 0 ? {} : recordedImages().images;
const images: Record<string, Image> = {};
for (const [name, each] of truthCases()) {
  const known = before[name];
  if (known !== undefined && !only.includes(name)) {
    images[name] = known;
    continue;
  }
  images[name] = await realImage(name, each);
  console.log(name);
}
const about = 'What the engine made of each case of truth-cases.json, as far as a model can know it.';
writeFileSync(RECORDED, `${JSON.stringify({ about, engine, images }, null, 1)}\n`);
