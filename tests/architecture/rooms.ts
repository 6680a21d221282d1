/**
 * Which rooms a room may import from, besides itself. An import points down a floor or more; neighbours on a floor
 * never import each other. `app` is reached by process, HTTP, SQL and its
 * text; the judge, by the runner, as a process.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  launch: [],
  model: [],
  store: ['model'],
  database: ['model'],
  clinic: ['model'],
  runner: ['model', 'store', 'database', 'clinic'],
  docs: ['model', 'store', 'database'],
  hub: ['model', 'store', 'database'],
  scripts: ['model', 'store', 'database', 'clinic', 'runner', 'docs', 'hub', 'harness', 'launch'],
  harness: ['model', 'database', 'clinic', 'launch'],
  steps: ['harness', 'model'],
  app: [],
  fixtures: [],
  tests: [
    'launch',
    'model',
    'store',
    'database',
    'clinic',
    'runner',
    'docs',
    'hub',
    'scripts',
    'harness',
    'steps',
    'fixtures',
  ],
};

/** Rooms that may import no package but these. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  model: ['zod'],
  steps: ['node:', 'vitest', 'zod'],
};

/** The room of a path; '' for what stands at the top. */
export function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}
