import { isRoot } from '../../image/stage.ts';
import { npmPackageBytes, sizeOf } from '../../size-table.ts';
import { absolute, homeOf, mark, remove, see, write, writeRefusal } from '../filesystem.ts';
import { type Call, type KnownCommand, notFollowed, reachable, type Status } from '../machine.ts';
import { installedPackages, readManifest } from '../npm-packages.ts';
import { hasFlag, operands, textsOf, traceOf } from './arguments.ts';
import { bundle } from './bundle.ts';
import { compile } from './typescript.ts';

/** Node and npm. Programs of the learner's are not run. */
export const NODE_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  npm,
  npx: (call) => {
    const missing = npmMissing(call);
    if (missing !== null) return missing;
    const rest = call.args.filter(({ text }) => !/^(-y|--yes|--no|--no-install|--)$/.test(text ?? ''));
    return local(call, rest);
  },
  node: (call) => {
    if (hasFlag(call, '-v', '--version')) return true;
    const [first, ...rest] = call.args;
    if (first?.text === '--run') return runNpmScript(call, rest[0]?.text ?? '');
    return runProgram(call);
  },
  tsx: (call) =>
    call.machine.findsLocalPrograms
      ? runProgram(call)
      : call.fail('tsx: there is no such program on the PATH'),
  tsc: (call) =>
    call.machine.findsLocalPrograms || globally(call, 'typescript')
      ? compile(call)
      : call.fail('tsc: there is no such program on the PATH; npx tsc or an npm script finds it'),
  esbuild: bundle,
  corepack: () => true,
};

function npm(call: Call): Status {
  const missing = npmMissing(call);
  if (missing !== null) return missing;
  keepLog(call);
  const [action = '', ...rest] = operands(call, ['--omit', '--include', '--prefix', '-C']).map(
    ({ text }) => text ?? '',
  );
  switch (action) {
    case 'ci':
    case 'clean-install':
      return installAll(call, true, []);
    case 'install':
    case 'i':
    case 'add':
      return hasFlag(call, '-g', '--global') ? installGlobally(call, rest) : installAll(call, false, rest);
    case 'prune':
      return prune(call);
    case 'run':
    case 'run-script':
      return runNpmScript(call, rest[0] ?? '');
    case 'start':
    case 'test':
    case 'build':
      return runNpmScript(call, action);
    case 'exec':
      return local(
        call,
        call.args.filter(({ text }) => text !== 'exec' && text !== '--'),
      );
    case 'cache':
      remove(call.machine, `${homeOf(call.machine.user)}/.npm/_cacache`, call.sure);
      return true;
    case 'config':
    case 'set':
      write(call.machine, `${homeOf(call.machine.user)}/.npmrc`, {
        data: { bytes: null, trace: traceOf(call.args) },
        tool: 'npm config',
        sure: call.sure,
      });
      return true;
    case '':
    case 'version':
    case 'audit':
    case 'fund':
    case 'ls':
    case 'whoami':
    case 'login':
    case 'logout':
      return null;
    default:
      return notFollowed(call.machine, `npm ${action}`);
  }
}

function npmMissing(call: Call): Status {
  const { stage } = call.machine;
  const there =
    stage.base.hasNpm ||
    stage.blurred !== null ||
    ['/usr/bin/npm', '/usr/local/bin/npm'].some((path) => stage.files.has(path));
  return there ? null : call.fail(`${call.name}: there is no such program in ${stage.from}`);
}

/** npm writes its command line into a file of its own, also when everything else about a secret was done right. */
function keepLog(call: Call): void {
  const trace = traceOf(call.args);
  if (trace.size === 0) return;
  const path = `${homeOf(call.machine.user)}/.npm/_logs/debug-0.log`;
  write(call.machine, path, { data: { bytes: null, trace }, tool: "npm's debug log", sure: call.sure });
}

function installAll(call: Call, strict: boolean, extra: readonly string[]): Status {
  const { machine } = call;
  const manifest = readManifest(machine);
  if (manifest === null) {
    if (machine.stage.blurred !== null) return null;
    return call.fail(`npm ${strict ? 'ci' : 'install'}: there is no package.json in ${machine.folder}`);
  }
  const refusal = writeRefusal(machine, `${machine.folder}/node_modules`);
  if (refusal !== null) return call.fail(`npm: ${refusal}`);
  const installed = installedPackages(machine, manifest, withoutDev(call));
  if (strict && installed.problem !== null) return call.fail(`npm ci: ${installed.problem}`);
  remove(machine, absolute(machine, 'node_modules'), call.sure);
  const names = [
    ...installed.paths,
    ...extra
      .filter((name) => !/^[.\/]|^dev$/.test(name))
      .map((name) => `node_modules/${name.replace(/(.)@.*$/, '$1')}`),
  ];
  for (const path of names)
    mark(
      machine,
      absolute(machine, `${path}/package.json`),
      'npm',
      npmPackageBytes(path.replace(/^.*node_modules\//, '')),
    );
  mark(machine, `${homeOf(machine.user)}/.npm/_cacache/index`, 'npm cache', sizeOf('npm cache'));
  if (hasFlag(call, '--ignore-scripts')) return true;
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare']) {
    const script = extra.length === 0 ? manifest.scripts[hook] : undefined;
    const status = script === undefined ? true : asNpmScript(call, script);
    if (status === false) return false;
  }
  return true;
}

function prune(call: Call): Status {
  const manifest = readManifest(call.machine);
  if (manifest === null) return null;
  if (!withoutDev(call)) return true;
  const kept = new Set(installedPackages(call.machine, manifest, true).paths);
  const all = installedPackages(call.machine, manifest, false).paths;
  for (const path of all) if (!kept.has(path)) remove(call.machine, absolute(call.machine, path), call.sure);
  return true;
}

function installGlobally(call: Call, names: readonly string[]): Status {
  if (!isRoot(call.machine.user)) return call.fail('npm install -g needs root');
  for (const each of names) {
    const name = each.replace(/(.)@.*$/, '$1');
    mark(call.machine, `/usr/local/lib/node_modules/${name}/package.json`, 'npm', npmPackageBytes(name));
    mark(call.machine, `/usr/local/bin/${name === 'typescript' ? 'tsc' : name}`, 'npm', 0);
  }
  return true;
}

function runNpmScript(call: Call, name: string): Status {
  const manifest = readManifest(call.machine);
  if (manifest === null)
    return call.machine.stage.blurred === null
      ? call.fail(`npm run ${name}: there is no package.json in ${call.machine.folder}`)
      : null;
  const script = manifest.scripts[name];
  if (script === undefined) return call.fail(`npm run ${name}: package.json has no such script`);
  for (const hook of [`pre${name}`, name, `post${name}`]) {
    const text = manifest.scripts[hook];
    if (text !== undefined && asNpmScript(call, text) === false) return false;
  }
  return true;
}

function asNpmScript(call: Call, text: string): Status {
  const { findsLocalPrograms, folder } = call.machine;
  call.machine.findsLocalPrograms = true;
  const status = call.script(text);
  Object.assign(call.machine, { findsLocalPrograms, folder });
  return status;
}

/** `npx name`: a program of node_modules. */
function local(call: Call, words: Call['args']): Status {
  const [name, ...args] = words;
  if (typeof name?.text !== 'string') return null;
  const { findsLocalPrograms } = call.machine;
  call.machine.findsLocalPrograms = true;
  const status = call.again(name.text, args);
  call.machine.findsLocalPrograms = findsLocalPrograms;
  return status;
}

function runProgram(call: Call): Status {
  const trace = reachable(call.machine);
  return notFollowed(call.machine, `${call.name} ${textsOf(call)[0] ?? ''}`.trim(), trace);
}

const globally = (call: Call, name: string) =>
  see(call.machine, `/usr/local/lib/node_modules/${name}/package.json`) !== undefined;

function withoutDev(call: Call): boolean {
  const texts = textsOf(call).join(' ');
  if (/--include[= ]dev|--production=false|--dev\b/.test(texts)) return false;
  if (/--omit[= ]dev|--production\b|--prod\b|--only[= ]prod/.test(texts)) return true;
  const variable = (name: string) => call.machine.variables.get(name)?.text;
  return (
    variable('NODE_ENV') === 'production' ||
    (variable('NPM_CONFIG_OMIT') ?? variable('npm_config_omit')) === 'dev'
  );
}
