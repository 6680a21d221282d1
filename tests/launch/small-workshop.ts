import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface SmallWorkshop {
  root: string;
  write(path: string, text: string): Promise<void>;
  /** What a program printed, and its exit code, started as `npm run` starts it. */
  run(program: string, ...words: string[]): Promise<Ending>;
  /** The folders of what was compiled. */
  compilations(): Promise<readonly string[]>;
  /** Takes the whole folder elsewhere. */
  move(): Promise<void>;
  remove(): Promise<void>;
}

export interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The real `launch/` before programs of a few lines. */
export async function createSmallWorkshop(): Promise<SmallWorkshop> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'second opinion ')));
  const workshop: SmallWorkshop = {
    root: join(home, 'first'),
    async write(path, text) {
      await mkdir(dirname(join(workshop.root, path)), { recursive: true });
      await writeFile(join(workshop.root, path), text);
    },
    run: (program, ...words) => run(workshop.root, [program, ...words]),
    async compilations() {
      const names = await readdir(join(workshop.root, '.workshop', 'compiled')).catch(() => []);
      return names.filter((name) => name !== 'kept.json');
    },
    async move() {
      const elsewhere = join(home, 'second');
      await rename(workshop.root, elsewhere);
      workshop.root = elsewhere;
    },
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
  await workshop.write('package.json', '{ "type": "module" }\n');
  await workshop.write('scripts/cli.ts', CLI);
  await workshop.write('harness/judge/main.ts', JUDGE);
  await workshop.write('harness/word.ts', "export const word = Symbol('a word');\n");
  await workshop.write('steps/01-first/step.test.ts', stepOf('first'));
  await cp(join(HERE, 'launch'), join(workshop.root, 'launch'), { recursive: true });
  await symlink(join(HERE, 'node_modules'), join(workshop.root, 'node_modules'), 'junction');
  return workshop;
}

export const stepOf = (name: string) =>
  `import { word } from '../../harness/word.ts';\nexport default { name: '${name}', word, folder: import.meta.dirname };\n`;

async function run(root: string, args: readonly string[]): Promise<Ending> {
  const environment = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS)/.test(name));
  const child = spawn(process.execPath, [join(root, 'launch', 'run.js'), ...args], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: Object.fromEntries(environment),
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString('utf8')));
  const code = await new Promise<number | null>((end) => child.once('close', end));
  return { code, out, err };
}

const CLI = `interface Said { readonly words: readonly string[] }
const said: Said = { words: process.argv.slice(2) };
if (said.words[0] === 'fail') throw new Error('on the third line');
console.log('one', said.words.join('+'), import.meta.url, import.meta.dirname);
`;

/** Prints what a step hands out, and whether both mean the same word. */
const JUDGE = `import { moduleAt } from '../../launch/module-at.ts';
import { word } from '../word.ts';
const loaded = (await moduleAt(process.argv[2] ?? '')) as { default: { name: string; word: symbol; folder: string } };
console.log(loaded.default.name, loaded.default.word === word, loaded.default.folder);
`;
const HERE = resolve(import.meta.dirname, '..', '..');
