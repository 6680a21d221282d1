import type { MadeLock } from '../../harness/packages/make-lock.ts';
import type { Backup } from '../../store/workspace/backup.ts';

export function renderMadeLock({ file, chosen, count }: MadeLock, date: string, backup: Backup): string {
  return [
    `Wrote ${file} for app/package.json: ${packages(count)}, of versions published by ${date}.`,
    ...chosen.map(({ name, range, version }) => `  ${name} ${range} → ${version}`),
    'No network was asked, and nothing was installed.',
    `The lock as it was is kept (${backup.id}); npm run undo brings it back.`,
    'The verdict: npm run check 2',
  ].join('\n');
}

export function renderSameLock({ file, count }: MadeLock): string {
  return `${file} is what npm run lock would write already (${packages(count)}); nothing was changed.`;
}

export function renderLockCheck(file: string | null, faults: readonly string[]): string {
  if (faults.length === 0)
    return `${file ?? 'The lock'} fits app/package.json. Advisories are another question: npm run check 2`;
  return [
    `${file ?? 'The lock of app/package.json'} does not fit:`,
    ...faults.slice(0, MOST_SHOWN).map((fault) => `  ${fault}`),
    ...(faults.length > MOST_SHOWN ? [`  and ${faults.length - MOST_SHOWN} more`] : []),
    'npm run lock makes one that does, without a network.',
  ].join('\n');
}

const packages = (count: number) => `${count} ${count === 1 ? 'package' : 'packages'}`;
const MOST_SHOWN = 12;
