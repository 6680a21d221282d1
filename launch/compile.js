import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';
import { digestOf, HOME, KEPT } from './compilation.js';

/** @typedef {import('./compilation.js').Compilation} Compilation */

/**
 * Compiles our programs with all that they import of ours. They get a folder of their own, which nobody changes again: a
 * process that runs from an older one still finds its parts. Throws when a source can't be read or nothing can be written.
 * @param {string} root
 * @param {readonly string[]} steps
 * @returns {Promise<Compilation>}
 */
export async function compile(root, steps) {
  const home = join(root, HOME);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  sweep(home);
  refuseWithoutRoom(home);
  const folder = mkdtempSync(join(home, 'from-'));
  try {
    /** @type {Record<string, string>} */
    const sources = {};
    for (const path of MADE_WITH.filter((name) => existsSync(join(root, name))))
      sources[path] = digestOf(readFileSync(join(root, path)));
    const { outputFiles, metafile } = await build({
      ...OPTIONS,
      absWorkingDir: root,
      outdir: folder,
      plugins: [readingSources({ root, steps, folder }, sources)],
    });
    const from = (/** @type {string} */ path) => relative(root, path).replaceAll(sep, '/');
    for (const { path, contents } of outputFiles) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
    }
    const code = outputFiles.filter(({ path }) => path.endsWith('.js'));
    const made = Object.entries(metafile.outputs);
    const compilation = {
      root,
      steps,
      sources,
      outputs: Object.fromEntries(code.map(({ path, contents }) => [from(path), digestOf(contents)])),
      programs: Object.fromEntries(
        made.flatMap(([file, { entryPoint = '' }]) =>
          PROGRAMS.includes(entryPoint) ? [[entryPoint, file]] : [],
        ),
      ),
    };
    writeFileSync(join(folder, 'kept.json'), JSON.stringify(compilation));
    renameSync(join(folder, 'kept.json'), join(root, KEPT));
    return compilation;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await stop();
  }
}

/**
 * Reads the sources and notes what was read. A source that asks where it stands is told its own place, not that of what was
 * made of it; and the judge, which imports a step by its path, gets those that were compiled with it.
 * @type {(place: { root: string, steps: readonly string[], folder: string }, sources: Record<string, string>) => import('esbuild').Plugin}
 */
function readingSources({ root, steps, folder }, sources) {
  return {
    name: 'sources',
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        // By a link, or as Windows may spell a path: what is told by its path would not be found again.
        if (!path.startsWith(join(root, sep))) throw new Error(`${path} is not below ${root}.`);
        const text = readFileSync(path, 'utf8');
        const name = relative(root, path).replaceAll(sep, '/');
        sources[name] = digestOf(text);
        if (name === MODULE_AT) return { loader: 'js', contents: moduleAmong(root, steps), resolveDir: root };
        if (name === COMPILED_FOLDER) return { loader: 'js', contents: constant('compiledFolder', folder) };
        if (!text.includes('import.meta.')) return { loader: 'ts', contents: text };
        const place = `const ownUrl = ${JSON.stringify(pathToFileURL(path).href)}, ownFolder = ${JSON.stringify(dirname(path))};`;
        return { loader: 'ts', contents: place + text };
      });
    },
  };
}

/** @type {(name: string, value: string) => string} */
const constant = (name, value) => `export const ${name} = () => ${JSON.stringify(value)};`;

/** @type {(root: string, steps: readonly string[]) => string} */
function moduleAmong(root, steps) {
  const known = steps.map((path) => {
    const file = JSON.stringify(join(root, path));
    return `${file}: () => import(${file}),`;
  });
  return `import { pathToFileURL } from 'node:url';
    const KNOWN = { ${known.join('\n')} };
    export const moduleAt = (file) => KNOWN[file]?.() ?? import(pathToFileURL(file).href);`;
}

/**
 * Away with what is older than a day, but for the newest: what runs from the others has long loaded its parts.
 * @param {string} home
 */
function sweep(home) {
  const age = (/** @type {string} */ path) => Date.now() - statSync(path).mtimeMs;
  const found = readdirSync(home).filter((name) => name.startsWith('from-'));
  const made = found.map((name) => join(home, name)).toSorted((a, b) => age(a) - age(b));
  for (const path of made.slice(KEPT_AT_LEAST))
    if (age(path) > DAY_MS) rmSync(path, { recursive: true, force: true });
}

/**
 * The last room on a disk belongs to the journal and to backups.
 * @param {string} home
 */
function refuseWithoutRoom(home) {
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize < ROOM_BYTES) throw new Error(`There is too little room on the disk of ${home}.`);
}

const ROOM_BYTES = 64 * 1024 * 1024;
const PROGRAMS = ['scripts/cli.ts', 'harness/judge/main.ts'];
const MODULE_AT = 'launch/module-at.ts';
const COMPILED_FOLDER = 'launch/compiled-folder.ts';
/** How it is compiled; and the packages, which are not, but have their part in what is kept beside the programs. */
const MADE_WITH = ['launch/compilation.js', 'launch/compile.js', 'launch/compiled.js', 'package-lock.json'];
/** A workshop that runs for days still finds parts that it loads late, unless somebody changes its sources that often. */
const KEPT_AT_LEAST = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

const OPTIONS = /** @type {const} */ ({
  entryPoints: PROGRAMS,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  // The oldest Node that package.json promises.
  target: 'node20.19',
  define: { 'import.meta.url': 'ownUrl', 'import.meta.dirname': 'ownFolder' },
  chunkNames: 'parts/[name]-[hash]',
  sourcemap: 'linked',
  sourcesContent: false,
  // Settings of the type check change nothing of what runs.
  tsconfigRaw: {},
  metafile: true,
  write: false,
  logLevel: 'silent',
});
