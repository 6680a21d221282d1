import type { Finding } from '../../model/finding.ts';
import type { Sources } from '../sources.ts';
import { type ParsedSource, parseSource } from './parse.ts';

/** The learner's code files that are part of a program: no declarations, no tests' snapshots, no data. */
export function codeFiles(sources: Sources): readonly string[] {
  return sources.paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path));
}

/**
 * Parses all code files, or those of `paths` that are there. Files with a syntax error are left out of `parsed`;
 * their findings are in `faults`, and a check that meets one reports it.
 */
export function parseFiles(
  sources: Sources,
  paths: readonly string[] = codeFiles(sources),
): { readonly parsed: readonly ParsedSource[]; readonly faults: readonly Finding[] } {
  const all = paths.flatMap((path) => {
    const text = sources.text(path);
    return text === null ? [] : [parseSource(path, text)];
  });
  return {
    parsed: all.filter((source) => source.fault === null),
    faults: all.flatMap((source) => source.fault ?? []),
  };
}
