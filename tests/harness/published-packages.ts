import type { KnownPackages } from '../../harness/packages/known.ts';

/** A registry of a few lines: what each `name@version` needs. */
export function publishedAs(
  needs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): KnownPackages {
  return {
    date: '2026-01-01',
    packages: Object.fromEntries(
      Object.entries(needs).map(([id, dependencies]) => [
        id,
        { integrity: `sha512-${id}`, bytes: 1, dependencies },
      ]),
    ),
  };
}
