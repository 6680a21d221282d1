import { posix } from 'node:path';
import { resolvePath } from '../../image/stage.ts';
import { absolute, read, see, seeBelow, write, writeRefusal } from '../filesystem.ts';
import { type Call, notFollowed, type Status } from '../machine.ts';
import { hasFlag, textsOf } from './arguments.ts';

/** `tsc`: one JavaScript file for each source, with the secrets that the source held. */
export function compile(call: Call): Status {
  const { machine } = call;
  const installed = ['', '/usr/local/lib/'].some(
    (root) => see(machine, absolute(machine, `${root}node_modules/typescript/package.json`)) !== undefined,
  );
  if (!installed && machine.stage.blurred === null)
    return call.fail(
      `tsc: typescript is not in ${machine.folder}/node_modules, because it is a development dependency that was left out, or not installed yet`,
    );
  if (hasFlag(call, '--noEmit', '-v', '--version')) return true;
  const texts = textsOf(call);
  const valueOf = (...flags: string[]) => texts.find((_, index) => flags.includes(texts[index - 1] ?? ''));
  const project = absolute(machine, valueOf('-p', '--project', '-b', '--build') ?? 'tsconfig.json');
  const file = see(machine, project) === undefined ? `${project}/tsconfig.json` : project;
  const config = see(machine, file);
  if (config === undefined && machine.stage.blurred === null) return call.fail(`tsc: there is no ${project}`);
  const options = readOptions(config?.bytes?.toString('utf8') ?? '{}');
  if (options === null) return notFollowed(machine, `tsc with ${posix.basename(file)}`);
  const folder = posix.dirname(file);
  const root = resolvePath(folder, options.rootDir ?? 'src');
  const out = resolvePath(folder, valueOf('--outDir') ?? options.outDir ?? options.rootDir ?? 'src');
  const sources = seeBelow(machine, root).filter(
    (path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$|\/node_modules\//.test(path),
  );
  if (sources.length === 0 && machine.stage.blurred === null)
    return call.fail(`tsc: there is nothing to compile in ${root}`);
  const refusal = writeRefusal(machine, out);
  if (refusal !== null) return call.fail(`tsc: ${refusal}`);
  for (const source of sources) {
    const data = read(machine, source);
    const path = out + source.slice(root.length).replace(/\.([cm]?)tsx?$/, '.$1js');
    const { bytes = null, trace = new Map() } = data ?? {};
    const keep = {
      bytes,
      size: bytes?.length ?? 0,
      trace,
      origin: { kind: 'tool', tool: 'tsc' },
      owner: 'root',
      mode: 0o644,
    } as const;
    write(machine, path, {
      data: { bytes: null, trace },
      tool: 'tsc',
      sure: call.sure,
      keep: bytes === null ? keep : { ...keep, compiledFrom: bytes },
    });
  }
  return true;
}

/** `null`: more than we read (`extends`, or no JSON). */
function readOptions(text: string): { rootDir?: string; outDir?: string } | null {
  try {
    const config: unknown = JSON.parse(
      text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replace(/,(\s*[}\]])/g, '$1'),
    );
    if (typeof config !== 'object' || config === null || 'extends' in config) return null;
    const options: unknown = 'compilerOptions' in config ? config.compilerOptions : {};
    if (typeof options !== 'object' || options === null) return {};
    const value = (name: string) => {
      const found: unknown = Reflect.get(options, name);
      return typeof found === 'string' ? { [name]: found } : {};
    };
    return { ...value('rootDir'), ...value('outDir') };
  } catch {
    return null;
  }
}
