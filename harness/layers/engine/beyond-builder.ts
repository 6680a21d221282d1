/** What a build failed by that newer builders know, in the Dockerfile's words; `null` for a fault of the Dockerfile. */
export function beyondBuilder(output: string): string | null {
  const [, key] = /unexpected key '(env)' in/.exec(output) ?? [];
  if (key !== undefined) return `RUN --mount=…,${key}=…`;
  const [, flag] = /unknown flag: (?:--)?(exclude|parents|link|chmod)\b/.exec(output) ?? [];
  return flag === undefined ? null : `--${flag}`;
}
