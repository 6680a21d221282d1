import type { Sources } from '../sources.ts';
import { reachable } from '../source/imports.ts';
import type { ParsedSource } from '../source/parse.ts';
import { packageImports, type PackageImport } from './imports.ts';
import type { Lock } from './lock.ts';
import type { Declaration, Manifest } from './manifest.ts';
import { unaliased } from './ranges.ts';

export interface Usage {
  /** Declared, and neither imported, nor run by a script, nor named by a configuration. */
  readonly unused: readonly { readonly declaration: Declaration; readonly idle: PackageImport | null }[];
  /** Imported, and declared nowhere. */
  readonly undeclared: readonly PackageImport[];
  /** Needed when the clinic runs, and declared for development only. */
  readonly onlyForDevelopment: readonly PackageImport[];
}

/** Compares what the files import with what the manifest declares. */
export function usageOf(
  manifest: Manifest,
  lock: Lock | null,
  parsed: readonly ParsedSource[],
  sources: Sources,
): Usage {
  const imports = parsed.flatMap(packageImports).filter(({ name }) => name !== manifest.name);
  const declared = new Map(manifest.declared.map((one) => [one.name, one]));
  const commands = commandTexts(manifest, sources);
  const isRun = ({ name }: Declaration) =>
    [name, ...binsOf(name, lock)].some((word) => commands.some((text) => hasWord(text, word)));
  const isUsed = (declaration: Declaration) =>
    !unneeded(declaration) &&
    (imports.some((one) => one.how !== 'idle' && serves(declaration.name, one.name)) ||
      ALWAYS.has(declaration.name) ||
      isRun(declaration));
  const running = reachable(parsed, [ENTRY]);
  const aliases = pathAliases(sources);
  return {
    unused: manifest.declared
      .filter((declaration) => !isUsed(declaration))
      .map((declaration) => ({
        declaration,
        idle: imports.find((one) => one.name === declaration.name) ?? null,
      })),
    undeclared: imports.filter(
      ({ name, how }) =>
        !declared.has(name) &&
        !(how !== 'value' && declared.has(typesOf(name))) &&
        !aliases.some((alias) => alias.test(name)),
    ),
    onlyForDevelopment: imports.filter(
      ({ name, how, file }) =>
        how === 'value' && running.has(file) && declared.get(name)?.section === 'devDependencies',
    ),
  };
}

/** Whether the clinic's shipped features need none of it, under whatever name it is declared. */
export function unneeded({ name, range }: Declaration): boolean {
  return UNNEEDED.has(name) || UNNEEDED.has(unaliased(range).name ?? '');
}

/** `@types/pg` serves whoever imports pg, `@types/scope__name` whoever imports `@scope/name`. */
const serves = (declared: string, imported: string) =>
  declared === imported || declared === typesOf(imported);

const typesOf = (name: string) => `@types/${name.replace(/^@/, '').replace('/', '__')}`;

/** What is run: scripts, Dockerfiles, compose files, hooks; and what configures tools by their name. */
function commandTexts(manifest: Manifest, sources: Sources): string[] {
  const files = sources.paths.filter(
    (path) => RUNS.test(path.slice(path.lastIndexOf('/') + 1)) || HOOKS.test(path),
  );
  const texts = files.flatMap((path) => [withoutRemarks(sources.text(path) ?? ''), toolOf(path)]);
  return [...manifest.scripts, ...manifest.settings, ...texts];
}

/** A name in a remark runs nothing. */
const withoutRemarks = (text: string) => text.replace(/^\s*(?:#|\/\/).*$/gm, '');

/** `.prettierrc` and `prettier.config.js` configure prettier. */
const toolOf = (path: string) =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/^\./, '')
    .replace(/(?:rc)?(?:\.[\w.]+)?$/, '');

function binsOf(name: string, lock: Lock | null): string[] {
  const bin = lock?.packages.get(`node_modules/${name}`)?.bin;
  return typeof bin === 'object' ? Object.keys(bin) : [];
}

function hasWord(text: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return (
    new RegExp(`(?<![\\w@./-])${literal}(?![\\w-])`).test(text) || text.includes(`node_modules/.bin/${word}`)
  );
}

/** Names that the compiler leads elsewhere: `"@/*": ["./src/*"]`. */
function pathAliases(sources: Sources): RegExp[] {
  const text = sources.text('app/tsconfig.json') ?? '';
  const [, paths = ''] = /"paths"\s*:\s*\{([^}]*)\}/.exec(text) ?? [];
  return [...paths.matchAll(/"([^"]+)"\s*:/g)].map(([, pattern = '']) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}`);
  });
}

const ENTRY = 'app/src/server.ts';
/** As shipped: pictures, higher mathematics and requests to other servers are in no feature of the clinic. */
const UNNEEDED = new Set(['request', 'sharp', 'mathjs']);
/** The compiler reads these without being asked, and editors run the compiler. */
const ALWAYS = new Set(['@types/node', 'typescript']);
/** Where hooks and builds keep their commands. */
const HOOKS = /\/\.(?:husky|github|gitlab|circleci)\//;
const RUNS =
  /^(?:Makefile|Procfile|nodemon\.json|.*Dockerfile.*|.*\.dockerfile|(?:docker-)?compose.*\.ya?ml|.*\.sh|tsconfig.*\.json|\..*rc(?:\.json|\.ya?ml)?|.*\.config\.[cm]?[jt]s|biome\.jsonc?|\.prettierrc.*)$/;
