import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Step, stepFileSchema } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { loadJsonFile } from './json-file.ts';
import { nearest } from './nearest.ts';

/**
 * Every step under `root`/steps, lowest number first. There is no registry: a folder `NN-slug` is a step.
 * Throws `STEP_INVALID` naming file, field, what was expected and what was found.
 */
export async function loadCatalogue(root: string): Promise<readonly Step[]> {
  const folders = (await stepFolders(root)).sort((a, b) => a.number - b.number);
  refuseTwins(folders);
  const steps = await Promise.all(folders.map((folder) => loadStep(root, folder)));
  for (const step of steps) refuseUnknownPredecessors(step, steps);
  return steps;
}

/** The step of that number or slug: `7`, `07` or `sql-injection`. Throws `STEP_UNKNOWN` with the nearest. */
export function findStep(catalogue: readonly Step[], wanted: string): Step {
  const word = wanted.trim();
  const number = /^\d+$/.test(word) ? Number(word) : null;
  const found = catalogue.find((step) => step.slug === word || step.number === number);
  if (found !== undefined) return found;
  const slugs = catalogue.map((step) => step.slug);
  throw new WorkshopError('STEP_UNKNOWN', unknownStep(word, number, catalogue, nearest(word, slugs)), {
    remedy: 'Run `npm run list` to see the steps, and name one by its number or its slug.',
  });
}

interface StepFolder {
  readonly name: string;
  readonly number: number;
  readonly slug: string;
}

async function stepFolders(root: string): Promise<StepFolder[]> {
  const entries = await readdir(join(root, 'steps'), { withFileTypes: true }).catch((cause: unknown) => {
    throw new WorkshopError('STEPS_MISSING', 'The folder steps/ was to be read and could not be.', {
      remedy: 'Run the command in the folder of the workshop (the one with package.json).',
      cause,
    });
  });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => parseFolder(entry.name));
}

function parseFolder(name: string): StepFolder {
  const [, digits, slug] = /^(\d{2})-([a-z0-9-]+)$/.exec(name) ?? [];
  if (digits !== undefined && slug !== undefined) return { name, number: Number(digits), slug };
  throw invalid(`steps/${name}: expected a folder named NN-slug, as 07-sql-injection, found "${name}"`);
}

function refuseTwins(folders: readonly StepFolder[]): void {
  for (const [i, folder] of folders.entries()) {
    const twin = folders
      .slice(0, i)
      .find((other) => other.number === folder.number || other.slug === folder.slug);
    if (twin === undefined) continue;
    const same = twin.slug === folder.slug ? `slug "${folder.slug}"` : `number ${folder.number}`;
    throw invalid(
      `steps/${twin.name} and steps/${folder.name}: expected each its own, found the ${same} twice`,
    );
  }
}

async function loadStep(root: string, folder: StepFolder): Promise<Step> {
  const directory = join(root, 'steps', folder.name);
  const wanted = { file: join(directory, 'step.json'), root, schema: stepFileSchema, code: 'STEP_INVALID' };
  const step = await loadJsonFile({ ...wanted, remedy: REPAIR });
  const fault = faultOf(step, folder);
  if (fault !== null) throw invalid(`steps/${folder.name}/step.json is not as it should be:\n  ${fault}`);
  return { ...step, number: folder.number, directory };
}

function faultOf(step: Omit<Step, 'number' | 'directory'>, folder: StepFolder): string | null {
  if (step.slug !== folder.slug)
    return `slug: expected "${folder.slug}" as its folder is named, found "${step.slug}"`;
  if (step.judged !== step.checks.length > 0) {
    return `checks: expected ${step.judged ? 'at least one, because judged is true' : 'none, because judged is false'}, found ${step.checks.length}`;
  }
  const ids = step.checks.map((check) => check.id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) return `checks: expected each id once, found "${twice}" twice`;
  if (step.xray === undefined || ids.includes(step.xray.check)) return null;
  return `xray.check: expected the id of a check (${ids.join(', ')}), found "${step.xray.check}"`;
}

function refuseUnknownPredecessors(step: Step, steps: readonly Step[]): void {
  const slugs = steps.map((other) => other.slug);
  for (const slug of step.after) {
    const before = steps.find((other) => other.slug === slug);
    if (before !== undefined && before.number < step.number) continue;
    const guess = nearest(slug, slugs);
    const found =
      before === undefined
        ? `"${slug}"${guess === undefined ? '' : ` (did you mean "${guess}"?)`}`
        : `step ${before.number}`;
    const file = `steps/${String(step.number).padStart(2, '0')}-${step.slug}/step.json`;
    throw invalid(
      `${file} is not as it should be:\n  after: expected the slug of a step before number ${step.number}, found ${found}`,
    );
  }
}

function invalid(message: string): WorkshopError {
  return new WorkshopError('STEP_INVALID', message, { remedy: REPAIR });
}

function unknownStep(
  word: string,
  number: number | null,
  catalogue: readonly Step[],
  guess: string | undefined,
): string {
  if (catalogue.length === 0) return `Step "${word}" was asked for, and there are no steps.`;
  if (number !== null) {
    const known = catalogue.map((step) => step.number).join(', ');
    return `Step ${number} was asked for, and there is none. There are: ${known}.`;
  }
  return `Step "${word}" was asked for, and there is none.${guess === undefined ? '' : ` Did you mean "${guess}"?`}`;
}

const REPAIR = 'Correct that file, then run `npm run author verify`.';
