import { NO_TRACE } from '../../trace.ts';
import { type Call, type KnownCommand, notFollowed, type Status } from '../machine.ts';
import { operands, textsOf, traceOf } from './arguments.ts';
import { makeFolder } from '../filesystem.ts';

/** Programs that print no file's contents: names, sizes and hashes, or nothing; and those that make users. */
export const QUIET_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  ...Object.fromEntries(
    [
      ...[
        'sleep',
        'date',
        'id',
        'whoami',
        'uname',
        'which',
        'type',
        'hash',
        'sync',
        'umask',
        'ulimit',
        'wait',
        'trap',
        'nproc',
        'hostname',
        'basename',
        'dirname',
        'realpath',
      ],
      ...[
        'ls',
        'stat',
        'file',
        'du',
        'df',
        'wc',
        'md5sum',
        'sha1sum',
        'sha256sum',
        'sha512sum',
        'cksum',
        'cmp',
        'mktemp',
        'seq',
        'expr',
        'pwd',
        'mount',
        'ldd',
        'ldconfig',
      ],
      ...[
        'groupadd',
        'addgroup',
        'groupmod',
        'delgroup',
        'groupdel',
        'userdel',
        'deluser',
        'passwd',
        'chpasswd',
        'setcap',
        'update-ca-certificates',
        'locale-gen',
        'dpkg-reconfigure',
        'rc-update',
      ],
      ...[
        'tini',
        'dumb-init',
        'break',
        'continue',
        'getopts',
        'alias',
        'shopt',
        'stty',
        'getent',
        'ps',
        'kill',
      ],
    ].map((name) => [name, quiet]),
  ),
  useradd: addUser,
  adduser: addUser,
  usermod: (call) => {
    const [name] = operands(call, WITH_VALUE).slice(-1);
    const number = valueOf(call, '-u') ?? valueOf(call, '--uid');
    if (typeof name?.text === 'string' && number !== null) call.machine.stage.users?.set(name.text, number);
    return true;
  },
  curl: download,
  wget: download,
};

function quiet(call: Call): Status {
  call.stdout({ bytes: null, trace: NO_TRACE });
  return null;
}

function addUser(call: Call): Status {
  const operand = operands(call, WITH_VALUE);
  const name = (call.name === 'adduser' ? operand[0] : operand.at(-1))?.text;
  if (name === undefined || name === null) return null;
  call.machine.stage.users?.set(name, valueOf(call, '-u') ?? valueOf(call, '--uid') ?? 'own');
  makeFolder(call.machine, `/home/${name}`);
  call.machine.stage.folders.set(`/home/${name}`, name);
  return true;
}

/** What comes down is not known; a secret that goes out may come back in the answer. */
function download(call: Call): Status {
  const out = valueOf(call, '-o') ?? valueOf(call, '-O');
  const trace = traceOf(call.args);
  if (trace.size > 0) return notFollowed(call.machine, `${call.name} with a secret`, trace);
  if (out === null || out === '-') call.stdout({ bytes: null, trace: NO_TRACE });
  call.machine.stage.blurred ??= { line: call.machine.line, what: call.name };
  return null;
}

function valueOf(call: Call, flag: string): string | null {
  const texts = textsOf(call);
  const at = texts.findIndex((text) => text === flag || text.startsWith(`${flag}=`));
  if (at < 0) return null;
  return texts[at]?.includes('=') === true ? (texts[at]?.split('=')[1] ?? null) : (texts[at + 1] ?? null);
}

const WITH_VALUE = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-h',
  '--home',
  '-d',
  '--home-dir',
  '-s',
  '--shell',
  '-c',
  '--comment',
  '--ingroup',
  '--gecos',
  '-k',
  '-e',
  '-f',
];
