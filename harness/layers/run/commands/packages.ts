import { isRoot } from '../../image/stage.ts';
import { packageBytes, sizeOf } from '../../size-table.ts';
import { isPassing, mark, remove } from '../filesystem.ts';
import type { Call, KnownCommand, Status } from '../machine.ts';
import { pathsBelow } from '../../image/stage.ts';
import { hasFlag, operands, textsOf } from './arguments.ts';

/** Package managers, by what they leave: a mark a package, and their lists. */
export const PACKAGE_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  'apt-get': apt,
  apt,
  apk,
  'apt-cache': () => true,
  dpkg: () => true,
};

function apt(call: Call): Status {
  const { machine } = call;
  const { base } = machine.stage;
  if (base.known && base.family !== 'debian' && base.family !== 'ubuntu' && machine.stage.blurred === null)
    return call.fail(`${call.name}: there is no such program in ${machine.stage.from}`);
  const [action = '', ...names] = operands(call, ['-o', '-t', '-c']).map(({ text }) => text ?? '');
  if (action !== 'clean' && !isRoot(machine.user))
    return call.fail(`${call.name} needs root, and the stage runs as ${machine.user}`);
  switch (action) {
    case 'update':
      mark(machine, `${LISTS}/lists`, 'apt-get update', sizeOf('apt lists'));
      return true;
    case 'install': {
      const lists = machine.stage.files.has(`${LISTS}/lists`) || isPassing(machine, `${LISTS}/lists`);
      if (
        !lists &&
        base.known &&
        names.some((name) => !name.startsWith('.')) &&
        machine.stage.blurred === null
      )
        return call.fail(
          `${call.name} install ${names.join(' ')}: there are no package lists; run apt-get update in the same RUN`,
        );
      const lean =
        hasFlag(call, '--no-install-recommends') ||
        textsOf(call).some((text) => /Install-Recommends=(0|false)/i.test(text));
      for (const name of names) install(call, '/var/lib/dpkg/info', name.replace(/[=:/].*$/, ''), lean);
      return true;
    }
    case 'remove':
    case 'purge':
      for (const name of names) uninstall(call, '/var/lib/dpkg/info', name);
      return true;
    default:
      return true;
  }
}

function apk(call: Call): Status {
  const { machine } = call;
  const { base } = machine.stage;
  if (base.known && base.family !== 'alpine' && base.family !== 'wolfi' && machine.stage.blurred === null)
    return call.fail(`apk: there is no such program in ${machine.stage.from}`);
  const [action, ...names] = operands(call, ['--virtual', '-t', '--repository', '-X']).map(
    ({ text }) => text ?? '',
  );
  if (!isRoot(machine.user)) return call.fail(`apk needs root, and the stage runs as ${machine.user}`);
  const virtual = textsOf(call)[textsOf(call).findIndex((text) => text === '--virtual' || text === '-t') + 1];
  const together = hasFlag(call, '--virtual', '-t') ? `/lib/apk/db/${virtual ?? ''}` : '/lib/apk/db';
  if ((action === 'update' || action === 'add') && !hasFlag(call, '--no-cache'))
    mark(machine, '/var/cache/apk/APKINDEX', `apk ${action}`, sizeOf('apk index'));
  if (action === 'add')
    for (const name of names) install(call, together, name.replace(/[=~<>@].*$/, ''), true);
  if (action === 'del') for (const name of names) uninstall(call, '/lib/apk/db', name);
  return true;
}

function install(call: Call, folder: string, name: string, lean: boolean): void {
  if (name === '') return;
  mark(call.machine, `${folder}/${name}`, `${call.name} ${name}`, packageBytes(name, lean));
  for (const program of PROGRAMS[name] ?? [`/usr/bin/${name}`])
    mark(call.machine, program, `${call.name} ${name}`, 0);
}

function uninstall(call: Call, folder: string, name: string): void {
  const { files } = call.machine.stage;
  const inside = pathsBelow(files.keys(), `${folder}/${name}`).map((path) => path.split('/').at(-1) ?? '');
  for (const each of [name, ...inside])
    for (const program of PROGRAMS[each] ?? [`/usr/bin/${each}`]) remove(call.machine, program, call.sure);
  remove(call.machine, `${folder}/${name}`, call.sure);
}

/** Names of installed packages, by the path of their mark; `null` for any other path. */
export const packageOf = (path: string): string | null =>
  /^\/(?:var\/lib\/dpkg\/info|lib\/apk\/db)\/(?:.+\/)?([^/]+)$/.exec(path)?.[1] ?? null;

const LISTS = '/var/lib/apt/lists';
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  nodejs: ['/usr/bin/node'],
  'nodejs-current': ['/usr/bin/node'],
  npm: ['/usr/bin/npm', '/usr/bin/npx'],
  tini: ['/sbin/tini', '/usr/bin/tini'],
  'dumb-init': ['/usr/bin/dumb-init'],
  gosu: ['/usr/sbin/gosu'],
  'su-exec': ['/sbin/su-exec'],
  busybox: [],
};
