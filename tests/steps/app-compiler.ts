import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { FileTree } from '../../store/workspace/file-tree.ts';

/** What the compiler says of each tree, as `npm run build` in the clinic's own folder would: nothing, or lines. */
export interface AppCompiler {
  errorsOf(tree: FileTree): string;
}

/**
 * Compiles trees that are on no disk, in `root`/app, so that the packages of `root` are found. What is outside of `app/`
 * (the language's own types, those of the packages) is read once, and a tree is checked only where it differs from the last.
 */
export function createAppCompiler(root: string): AppCompiler {
  const app = slashed(join(root, 'app'));
  const kept = new Map<string, ts.SourceFile | undefined>();
  let last: ts.SemanticDiagnosticsBuilderProgram | undefined;
  return {
    errorsOf(tree) {
      const files = new Map(
        [...tree].map(([path, bytes]) => [slashed(join(root, path)), bytes.toString('utf8')]),
      );
      const config = readConfig(app, files);
      const host = hostOf(config.options, app, files, kept);
      last = ts.createSemanticDiagnosticsBuilderProgram(
        config.fileNames,
        config.options,
        host,
        last,
        config.errors,
      );
      const found = [
        ...config.errors,
        ...last.getOptionsDiagnostics(),
        ...last.getGlobalDiagnostics(),
        ...last.getSyntacticDiagnostics(),
        ...last.getSemanticDiagnostics(),
      ];
      return ts.formatDiagnostics(found, {
        getCurrentDirectory: () => slashed(root),
        getCanonicalFileName: (name) => name,
        getNewLine: () => '\n',
      });
    },
  };
}

function readConfig(app: string, files: ReadonlyMap<string, string>): ts.ParsedCommandLine {
  const path = `${app}/tsconfig.json`;
  const { config, error } = ts.readConfigFile(path, (name) => files.get(slashed(name)));
  const parsed = ts.parseJsonConfigFileContent(
    config,
    {
      useCaseSensitiveFileNames: true,
      fileExists: (name) => files.has(slashed(name)),
      readFile: (name) => files.get(slashed(name)),
      readDirectory: (folder, extensions = []) =>
        [...files.keys()].filter(
          (name) =>
            name.startsWith(`${slashed(folder)}/src/`) && extensions.some((end) => name.endsWith(end)),
        ),
    },
    app,
    { noEmit: true },
    path,
  );
  return { ...parsed, errors: [...(error === undefined ? [] : [error]), ...parsed.errors] };
}

function hostOf(
  options: ts.CompilerOptions,
  app: string,
  files: ReadonlyMap<string, string>,
  kept: Map<string, ts.SourceFile | undefined>,
): ts.CompilerHost {
  const disk = ts.createCompilerHost(options, true);
  // What the learner has installed or edited in app/ is not what is asked about.
  const isTree = (name: string) => name.startsWith(`${app}/`);
  return {
    ...disk,
    createHash: ts.sys.createHash ?? ((text) => text),
    fileExists: (name) => (isTree(slashed(name)) ? files.has(slashed(name)) : disk.fileExists(name)),
    directoryExists: (name) =>
      isTree(slashed(name))
        ? [...files.keys()].some((each) => each.startsWith(`${slashed(name)}/`))
        : slashed(name) === app || existsSync(name),
    readFile: (name) => (isTree(slashed(name)) ? files.get(slashed(name)) : disk.readFile(name)),
    getSourceFile(name, languageVersion) {
      if (isTree(slashed(name))) {
        const text = files.get(slashed(name));
        return text === undefined
          ? undefined
          : versioned(ts.createSourceFile(name, text, languageVersion, true), text);
      }
      if (!kept.has(name)) {
        const text = disk.readFile(name);
        kept.set(
          name,
          text === undefined
            ? undefined
            : versioned(ts.createSourceFile(name, text, languageVersion, true), text),
        );
      }
      return kept.get(name);
    },
  };
}

/** By its version the compiler knows that a file is the same as before. */
function versioned(file: ts.SourceFile, text: string): ts.SourceFile {
  return Object.assign(file, { version: ts.sys.createHash?.(text) ?? text });
}

const slashed = (path: string) => path.replaceAll('\\', '/');
