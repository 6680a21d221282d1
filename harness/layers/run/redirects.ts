import type { Redirect } from '../shell/syntax.ts';
import { NO_TRACE } from '../trace.ts';
import { absolute, isAbsent, read, write } from './filesystem.ts';
import {
  type Data,
  joinData,
  type Machine,
  notFollowed,
  type Status,
  type Streams,
  type Value,
} from './machine.ts';
import { expandValue, type Substitute } from './words.ts';

/** Applies redirects around a command. */
export function redirected(
  machine: Machine,
  redirects: readonly Redirect[],
  streams: Streams,
  substitute: Substitute,
  run: (inner: Streams) => Status,
): Status {
  let inner = streams;
  const files: { path: string; append: boolean; parts: Data[] }[] = [];
  for (const redirect of redirects) {
    const target = expandValue(machine, redirect.target, substitute);
    const { operator, descriptor } = redirect;
    if (operator === '<<' || operator === '<<<')
      inner = { ...inner, stdin: toData(target, operator === '<<<') };
    else if (operator === '<') {
      const path = target.text === null ? null : absolute(machine, target.text);
      const data = path === null ? null : read(machine, path);
      if (path !== null && data === null && isAbsent(machine, path)) {
        if (streams.sure) machine.failure = `${target.text}: there is no such file`;
        return streams.sure ? false : null;
      }
      inner = { ...inner, stdin: data ?? { bytes: null, trace: NO_TRACE } };
    } else if (operator === '>&' || operator === '<&') {
      if (descriptor === 1 && target.text === '2') inner = { ...inner, stdout: streams.stderr };
      else if (descriptor === 2 && target.text === '1') inner = { ...inner, stderr: inner.stdout };
    } else {
      const sink = sinkFor(machine, target, operator === '>>', streams, files);
      if (descriptor !== 2) inner = { ...inner, stdout: sink };
      if (descriptor === 2 || descriptor === null) inner = { ...inner, stderr: sink };
    }
  }
  const status = run(inner);
  for (const { path, append, parts } of files) {
    const old = append ? read(machine, path) : null;
    const data = joinData(old === null ? parts : [old, ...parts]);
    write(machine, path, { data, tool: 'the shell', sure: streams.sure });
  }
  return status;
}

function sinkFor(
  machine: Machine,
  target: Value,
  append: boolean,
  streams: Streams,
  files: { path: string; append: boolean; parts: Data[] }[],
): (data: Data) => void {
  const path = target.text === null ? null : absolute(machine, target.text);
  if (path === '/dev/null') return () => {};
  if (path !== null && TO_THE_LOG.test(path)) return (data) => streams.stderr(data);
  if (path === null)
    return (data) =>
      void (data.trace.size > 0 && notFollowed(machine, 'a file whose name is not known', data.trace));
  const parts: Data[] = [];
  files.push({ path, append, parts });
  return (data) => void parts.push(data);
}

const toData = ({ text, trace }: Value, line: boolean): Data => ({
  bytes: text === null ? null : Buffer.from(line ? `${text}\n` : text),
  trace,
});

const TO_THE_LOG = /^\/dev\/(stdout|stderr|tty|fd\/[12])$|^\/proc\/(self|1)\/fd\/[12]$/;
