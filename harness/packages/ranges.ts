import semver from 'semver';

export type RangeFault = 'open-range' | 'dist-tag' | 'not-from-registry';

/** What is wrong with what a manifest asks for; `null` for a range of published versions that ends. */
export function faultOfRange(range: string): RangeFault | null {
  const { wanted } = unaliased(range);
  if (ELSEWHERE.test(wanted)) return 'not-from-registry';
  if (semver.validRange(wanted) === null) return 'dist-tag';
  const lowest = semver.minVersion(wanted);
  if (lowest === null) return 'dist-tag';
  const beyond = `>=${lowest.major + MAJORS}.0.0-0`;
  return semver.intersects(wanted, beyond, { includePrerelease: true }) ? 'open-range' : null;
}

/** `npm:pg@^8.0.0` asks for pg under another name. */
export function unaliased(range: string): { readonly name: string | null; readonly wanted: string } {
  const [, name, wanted] = /^npm:(@?[^@]+)(?:@(.*))?$/.exec(range.trim()) ?? [];
  return name === undefined ? { name: null, wanted: range.trim() } : { name, wanted: wanted ?? '*' };
}

/** `4.x || 5.x` is a choice among versions that somebody has seen; `>=4 <99` is none. */
const MAJORS = 3;
const ELSEWHERE = /^(?:[a-z+]+:|[./~][/.]|git@|@?[\w.-]+\/[\w./-]+)/i;
