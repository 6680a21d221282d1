import { WorkshopError } from '../../model/workshop-error.ts';
import type { InstallPlan } from './plan-install.ts';
import { faultOfRange } from './ranges.ts';
import type { Shelf } from './shelf.ts';

type Refused = InstallPlan['refused'][number];

/** Says of each package why it cannot be locked without asking the registry. */
export function cannotPlan(
  refused: readonly [Refused, ...Refused[]],
  shelf: Shelf,
  date: string,
): WorkshopError {
  const reasons = [...new Set(refused.map((one) => `  ${reasonOf(one, shelf)}`))];
  return new WorkshopError(
    'PACKAGE_UNKNOWN',
    [
      'No lock was written: without a network there is no telling what it would have to hold.',
      ...reasons.slice(0, MOST_SHOWN),
      ...(reasons.length > MOST_SHOWN ? [`  and ${reasons.length - MOST_SHOWN} more`] : []),
      `The workshop knows versions that were published by ${date}.`,
    ].join('\n'),
    { remedy: `With a network: ${BY_NPM}; without one, ask for versions that the workshop knows.` },
  );
}

/** For what this project has no use for, and npm knows how to do. */
export const needsNpm = (what: string): WorkshopError =>
  new WorkshopError('LOCK_NEEDS_NPM', `${what}: only npm works that out. No lock was written.`, {
    remedy: `With a network: ${BY_NPM}`,
  });

function reasonOf({ edge, because }: Refused, shelf: Shelf): string {
  const asked = `"${edge.name}": "${edge.range}"`;
  const who = edge.from === '' ? asked : `${asked} (for ${edge.from})`;
  if (because === 'no-place') return `${who} fits beside nothing that is there already.`;
  const fault = faultOfRange(edge.range);
  if (fault === 'dist-tag')
    return `${who} is a tag and no version: only the registry knows what it means today.`;
  if (fault === 'not-from-registry') return `${who} is no published version.`;
  const versions = shelf.versions(edge.name);
  if (versions.length === 0) return `${who}: the workshop does not know this package.`;
  return `${who}: the workshop knows ${versions.slice(0, 8).join(', ')}${versions.length > 8 ? ' and older ones' : ''}, none of them in this range.`;
}

const MOST_SHOWN = 12;
const BY_NPM = 'cd app && npm install --package-lock-only';
