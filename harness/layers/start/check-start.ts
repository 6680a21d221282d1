import { posix } from 'node:path';
import type { ComposeService } from '../compose.ts';
import type { FileNode } from '../image/file-node.ts';
import { resolvePath, type Stage } from '../image/stage.ts';
import { importSpecifiers, packageName } from './imports.ts';
import { findProgram, type Start } from './program.ts';
import { startWords } from './start-words.ts';

export interface StartCheck {
  /** Why the container can't start. Empty: everything that is needed was found. */
  readonly problems: readonly string[];
  /** What could not be followed; `null` when all could. */
  readonly unknown: string | null;
  readonly line: number;
  readonly start: Start | null;
  readonly shellForm: boolean;
}

/** Does the start command find its program, its files and their packages in the final image? */
export function checkStart(stage: Stage, service: ComposeService | null): StartCheck {
  const words = startWords(stage, service);
  if (words === null) {
    const unknown = stage.base.known ? null : `the command of ${stage.from}`;
    return {
      problems: unknown === null ? ['there is neither CMD nor ENTRYPOINT'] : [],
      unknown,
      line: stage.line,
      start: null,
      shellForm: false,
    };
  }
  const start = findProgram(stage, words.words, service?.workdir ?? stage.workdir);
  const found = checkProgram(stage, start);
  return { ...found, line: words.line, start, shellForm: words.shellForm };
}

function checkProgram(stage: Stage, { program, folder }: Start): Pick<StartCheck, 'problems' | 'unknown'> {
  switch (program.kind) {
    case 'unknown':
      return { problems: [], unknown: program.what };
    case 'missing':
      return { problems: [program.what], unknown: null };
    case 'tsx':
      if (program.downloads)
        return doubtful(
          stage,
          'tsx is not in the image (it is a development dependency): npx would download it at every start',
        );
      return modules(stage, folder, program.entry, true);
    case 'node': {
      if (program.tsx && !finds(stage, folder, 'tsx'))
        return doubtful(stage, 'tsx is not in the image: it is a development dependency');
      const typed = /\.[cm]?ts$/.test(program.entry);
      if (typed && !program.tsx && !runsTypeScript(stage, program.strips))
        return {
          problems: [`Node ${String(stage.base.node)} does not run ${program.entry} by itself`],
          unknown: null,
        };
      return modules(stage, folder, program.entry, program.tsx);
    }
    default:
      return program satisfies never;
  }
}

/** Walks the imports from the entry file. */
function modules(
  stage: Stage,
  folder: string,
  entry: string,
  viaTsx: boolean,
): Pick<StartCheck, 'problems' | 'unknown'> {
  if (viaTsx && !finds(stage, folder, 'tsx'))
    return doubtful(stage, 'tsx is not in the image: it is a development dependency');
  const first = locate(stage, resolvePath(folder, entry));
  if (first === null)
    return doubtful(stage, `${entry} is not in the image (looked for ${resolvePath(folder, entry)})`);
  const problems: string[] = [];
  const seen = new Set([first]);
  for (const path of seen) {
    const node = stage.files.get(path);
    for (const specifier of needsOf(node)) {
      const name = packageName(specifier);
      if (name !== null && !finds(stage, posix.dirname(path), name))
        problems.push(`${path} imports "${name}", and there is no node_modules/${name} in the image`);
      if (!/^\./.test(specifier)) continue;
      const target = locate(stage, resolvePath(posix.dirname(path), specifier));
      if (target === null) problems.push(`${path} imports "${specifier}", which is not in the image`);
      else seen.add(target);
    }
  }
  const [some] = problems;
  return some === undefined
    ? { problems, unknown: null }
    : stage.blurred === null
      ? { problems: problems.slice(0, 3), unknown: null }
      : doubtful(stage, some);
}

function needsOf(node: FileNode | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.bundled !== undefined) return node.bundled;
  const source = node.compiledFrom ?? node.bytes;
  return source === null ? [] : importSpecifiers(source.toString('utf8'));
}

/** As Node, tsx and a compiled import find a file. */
function locate(stage: Stage, path: string): string | null {
  const others = [path.replace(/\.([cm]?)ts$/, '.$1js'), path.replace(/\.([cm]?)js$/, '.$1ts')];
  const candidates = [path, ...others, `${path}.js`, `${path}.ts`, `${path}/index.js`, `${path}/index.ts`];
  return candidates.find((each) => stage.files.has(each)) ?? null;
}

function finds(stage: Stage, folder: string, name: string): boolean {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (stage.files.has(resolvePath(at, `node_modules/${name}/package.json`))) return true;
    if (at === '/') return name === 'tsx' && stage.files.has('/usr/local/lib/node_modules/tsx/package.json');
  }
}

/** A missing thing is certain only where no unknown program may have made it. */
const doubtful = (stage: Stage, problem: string): Pick<StartCheck, 'problems' | 'unknown'> =>
  stage.blurred === null
    ? { problems: [problem], unknown: null }
    : {
        problems: [],
        unknown: `${problem}, unless ${stage.blurred.what} in line ${stage.blurred.line} made it`,
      };

function runsTypeScript(stage: Stage, strips: boolean): boolean {
  const { node, tag } = stage.base;
  if (typeof node !== 'number' || node >= 24) return true;
  const minor = /^\d+\.(\d+)/.exec(tag ?? '')?.[1];
  if (node === 23) return strips || Number(minor ?? 11) >= 6;
  return node === 22 && (strips || Number(minor ?? 22) >= 18);
}
