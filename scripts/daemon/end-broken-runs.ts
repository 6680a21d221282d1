import type { Workshop } from '../workshop.ts';

/** Journals as interrupted what a workshop that was killed had under way, so that no page says "running" for ever. */
export async function endBrokenRuns({ journal, progress }: Workshop): Promise<void> {
  for (const { slug, running } of Object.values(progress.steps)) {
    if (running === null) continue;
    const verdict = { outcome: 'cancelled', reason: 'interrupted' } as const;
    await journal.append({
      type: 'run.finished',
      slug,
      run: running.run,
      verdict,
      checks: [],
      durationMs: 0,
    });
  }
}
