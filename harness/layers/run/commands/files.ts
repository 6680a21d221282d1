import { posix } from 'node:path';
import { compileGlob } from '../../build/sources.ts';
import { doubt, mergeTraces, NO_TRACE } from '../../trace.ts';
import {
  absolute,
  isAbsent,
  isFolder,
  makeFolder,
  read,
  remove,
  see,
  seeBelow,
  write,
} from '../filesystem.ts';
import { type Call, type KnownCommand, notFollowed, reachable, type Status } from '../machine.ts';
import { hasFlag, operands, pathsOf, textsOf } from './arguments.ts';

/** Programs that move, make and remove files. */
export const FILE_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  cp: (call) => transfer(call, operands(call, ['-t']), false),
  mv: (call) => transfer(call, operands(call, ['-t']), true),
  install: (call) => {
    if (!hasFlag(call, '-d')) return transfer(call, operands(call, ['-m', '-o', '-g', '-t']), false);
    for (const path of pathsOf(call, operands(call, ['-m', '-o', '-g']))) makeFolder(call.machine, path);
    for (const path of pathsOf(call, operands(call, ['-m', '-o', '-g'])))
      giveTo(call, path, valueAfter(call, '-o'), false);
    return true;
  },
  rsync: (call) => transfer(call, operands(call), false),
  ln: (call) => {
    if (!hasFlag(call, '-s')) return transfer(call, operands(call), false);
    const [target, link] = operands(call);
    if (typeof link?.text !== 'string' || typeof target?.text !== 'string') return true;
    const there = read(call.machine, absolute(call.machine, target.text));
    write(call.machine, absolute(call.machine, link.text), {
      data: there ?? { bytes: null, trace: NO_TRACE },
      tool: 'ln',
      sure: call.sure,
    });
    return true;
  },
  rm: removeFiles,
  unlink: removeFiles,
  rmdir: removeFiles,
  shred: (call) => (hasFlag(call, '-u') ? removeFiles(call) : rewrite(call, () => Buffer.alloc(0))),
  mkdir: (call) => {
    for (const path of pathsOf(call, operands(call, ['-m']))) makeFolder(call.machine, path);
    return true;
  },
  touch: (call) => {
    for (const path of pathsOf(call, operands(call, ['-d', '-t', '-r'])))
      if (see(call.machine, path) === undefined)
        write(call.machine, path, {
          data: { bytes: Buffer.alloc(0), trace: NO_TRACE },
          tool: 'touch',
          sure: call.sure,
        });
    return true;
  },
  truncate: (call) => rewrite(call, () => Buffer.alloc(0), ['-s']),
  chown: (call) => {
    const [who, ...files] = operands(call);
    for (const path of pathsOf(call, files))
      giveTo(call, path, who?.text ?? null, hasFlag(call, '-R', '--recursive'));
    return true;
  },
  chgrp: () => true,
  chmod: (call) => {
    const [, ...files] = operands(call);
    for (const path of pathsOf(call, files)) again(call, path, hasFlag(call, '-R', '--recursive'));
    return true;
  },
  dd: (call) => {
    const value = (key: string) =>
      textsOf(call)
        .find((text) => text.startsWith(`${key}=`))
        ?.slice(key.length + 1);
    const [from, to] = [value('if'), value('of')];
    const data =
      from === undefined
        ? (call.stdin ?? { bytes: null, trace: NO_TRACE })
        : read(call.machine, absolute(call.machine, from));
    if (data === null) return null;
    const whole = textsOf(call).some((text) => /^(count|skip|bs)=/.test(text))
      ? { bytes: null, trace: data.trace }
      : data;
    if (to === undefined) call.stdout(whole);
    else write(call.machine, absolute(call.machine, to), { data: whole, tool: 'dd', sure: call.sure });
    return true;
  },
  tar: archive,
  zip: archive,
  gzip: compress,
  bzip2: compress,
  xz: compress,
  zstd: compress,
  find: (call) => {
    const texts = textsOf(call);
    const [root = '.'] = texts.filter((text) => !text.startsWith('-'));
    const below = seeBelow(call.machine, absolute(call.machine, root));
    const acts = texts.some((text) => /^-(exec|execdir|ok)$/.test(text));
    const name = texts[texts.findIndex((text) => /^-i?name$/.test(text)) + 1];
    const pattern =
      name === undefined || !texts.some((text) => /^-i?name$/.test(text)) ? null : compileGlob(name);
    const hits = below.filter((path) => pattern === null || pattern.test(posix.basename(path)));
    if (texts.includes('-delete') && pattern !== null)
      for (const path of hits) remove(call.machine, path, call.sure);
    if (!acts) call.stdout({ bytes: null, trace: NO_TRACE });
    else if (/-exec rm /.test(texts.join(' ')) && pattern !== null)
      for (const path of hits) remove(call.machine, path, call.sure);
    else
      return notFollowed(
        call.machine,
        'find -exec',
        mergeTraces(...below.map((path) => see(call.machine, path)?.trace)),
      );
    return true;
  },
};

function transfer(call: Call, values: ReturnType<typeof operands>, moves: boolean): Status {
  const into = valueAfter(call, '-t');
  const paths = pathsOf(call, values);
  const target = into === null ? paths.pop() : absolute(call.machine, into);
  const written = into === null ? (values.at(-1)?.text ?? '') : '/';
  if (target === undefined || values.some(({ text }) => text === null))
    return notFollowed(call.machine, `${call.name} with names that are not known`);
  const toFolder = paths.length > 1 || /(^|\/)\.?$/.test(written) || isFolder(call.machine, target);
  for (const [index, source] of paths.entries()) {
    const below = seeBelow(call.machine, source);
    if (below.length === 0 && isAbsent(call.machine, source))
      return call.fail(`${call.name} ${source}: there is no such file`);
    if (below.length === 0 && !isFolder(call.machine, source))
      write(call.machine, toFolder ? `${target}/${posix.basename(source)}` : target, {
        data: { bytes: null, trace: NO_TRACE },
        tool: call.name,
        sure: call.sure,
      });
    const contentsOnly =
      /\/\.$/.test(values[index]?.text ?? '') || (!toFolder && below.some((path) => path !== source));
    for (const path of below) {
      const node = see(call.machine, path);
      if (node === undefined) continue;
      const tail = path.slice(source === '/' ? 0 : source.length);
      const place =
        contentsOnly || !toFolder ? `${target}${tail}` : `${target}/${posix.basename(source)}${tail}`;
      write(call.machine, posix.normalize(place), {
        data: { bytes: node.bytes, trace: node.trace },
        tool: call.name,
        sure: call.sure,
        keep: node,
      });
    }
    if (isFolder(call.machine, source))
      makeFolder(call.machine, toFolder && !contentsOnly ? `${target}/${posix.basename(source)}` : target);
    if (moves) remove(call.machine, source, call.sure);
  }
  return true;
}

function removeFiles(call: Call): Status {
  let status: Status = true;
  if (operands(call).some(({ text }) => text === null))
    return notFollowed(call.machine, `${call.name} of names that are not known`);
  for (const path of pathsOf(call, operands(call))) {
    const folder = isFolder(call.machine, path);
    const gone = remove(call.machine, path, call.sure);
    if (gone > 0 || folder || hasFlag(call, '-f', '--force') || /[*?]/.test(path)) continue;
    status = isAbsent(call.machine, path) ? call.fail(`${call.name} ${path}: there is no such file`) : status;
  }
  return status;
}

function rewrite(call: Call, bytes: () => Buffer, withValue: readonly string[] = []): Status {
  for (const path of pathsOf(call, operands(call, withValue)))
    write(call.machine, path, {
      data: { bytes: bytes(), trace: NO_TRACE },
      tool: call.name,
      sure: call.sure,
    });
  return true;
}

/** A change of owner or mode writes the whole file into this layer again. */
function again(call: Call, path: string, deep: boolean, owner?: string): void {
  const { machine } = call;
  for (const file of deep ? seeBelow(machine, path) : [path]) {
    const node = machine.stage.files.get(file);
    if (node === undefined || machine.mounts.has(file)) continue;
    const changed = owner === undefined ? node : { ...node, owner };
    machine.stage.files.set(file, changed);
    machine.layer.files.set(file, changed);
  }
}

function giveTo(call: Call, path: string, who: string | null, deep: boolean): void {
  const owner = who?.split(':')[0] ?? '';
  if (owner === '') return;
  const { folders } = call.machine.stage;
  for (const folder of [...folders.keys()])
    if (folder === path || (deep && folder.startsWith(`${path}/`))) {
      folders.set(folder, owner);
      call.machine.layer.folders.set(folder, owner);
    }
  again(call, path, deep, owner);
}

function archive(call: Call): Status {
  const texts = textsOf(call);
  const [mode = ''] = texts;
  if (/^-?[a-z]*x/.test(mode) || texts.includes('--extract')) {
    const trace = mergeTraces(
      ...pathsOf(call, operands(call)).map((path) => see(call.machine, path)?.trace),
      call.stdin?.trace,
    );
    if (trace.size > 0) return notFollowed(call.machine, `${call.name} that unpacks`, trace);
    call.machine.stage.blurred ??= { line: call.machine.line, what: `${call.name} that unpacks` };
    return null;
  }
  if (!/^-?[a-z]*c/.test(mode) && !texts.includes('--create') && call.name === 'tar') return true;
  const { folder } = call.machine;
  const words =
    call.name === 'zip' || /^-/.test(mode)
      ? operands(call, ['-C', '--directory', '-f', '--file', '-cf', '-czf'])
      : call.args.slice(1);
  const named = fileOption(call, mode, words);
  const inside = named.inside;
  const from = valueAfter(call, '-C') ?? valueAfter(call, '--directory');
  if (from !== null) call.machine.folder = absolute(call.machine, from);
  const paths = pathsOf(call, inside);
  call.machine.folder = folder;
  const trace = mergeTraces(
    ...paths.flatMap((path) => seeBelow(call.machine, path).map((each) => see(call.machine, each)?.trace)),
    // What is packed can't be told: it may be anything within reach.
    ...(paths.some((path) => seeBelow(call.machine, path).length === 0 && !isFolder(call.machine, path))
      ? [doubt(reachable(call.machine))]
      : []),
  );
  const data = { bytes: null, trace };
  if (named.file === null || named.file === '-') call.stdout(data);
  else write(call.machine, absolute(call.machine, named.file), { data, tool: call.name, sure: call.sure });
  return true;
}

/** The archive and what goes into it: `tar czf FILE …`, `tar -c -f FILE …`, `zip FILE …`. */
function fileOption(
  call: Call,
  mode: string,
  words: ReturnType<typeof operands>,
): { file: string | null; inside: ReturnType<typeof operands> } {
  if (call.name === 'zip') return { file: words[0]?.text ?? null, inside: words.slice(1) };
  if (!/^-/.test(mode))
    return /f/.test(mode)
      ? { file: words[0]?.text ?? null, inside: words.slice(1).filter(({ text }) => !/^-/.test(text ?? '')) }
      : { file: null, inside: words };
  const at = textsOf(call).findIndex((text) => /^-[a-z]*f$|^--file$/.test(text));
  const joined = textsOf(call).find((text) => text.startsWith('--file='));
  const file = joined?.slice('--file='.length) ?? (at < 0 ? null : (call.args[at + 1]?.text ?? null));
  return { file, inside: words.filter(({ text }) => text !== file) };
}

function compress(call: Call): Status {
  const files = pathsOf(call, operands(call));
  if (hasFlag(call, '-d')) return notFollowed(call.machine, `${call.name} -d`);
  if (files.length === 0) call.stdout({ bytes: null, trace: call.stdin?.trace ?? NO_TRACE });
  for (const path of files) {
    const data = { bytes: null, trace: see(call.machine, path)?.trace ?? NO_TRACE };
    if (hasFlag(call, '-c')) call.stdout(data);
    else {
      write(call.machine, `${path}.${call.name === 'xz' ? 'xz' : 'gz'}`, {
        data,
        tool: call.name,
        sure: call.sure,
      });
      if (!hasFlag(call, '-k')) remove(call.machine, path, call.sure);
    }
  }
  return true;
}

function valueAfter(call: Call, flag: string): string | null {
  const at = textsOf(call).indexOf(flag);
  return at < 0 ? null : (call.args[at + 1]?.text ?? null);
}
