import { posix } from 'node:path';
import { mergeTraces } from '../../trace.ts';
import { importedPackages } from '../../start/imports.ts';
import { absolute, see, seeBelow, write } from '../filesystem.ts';
import { type Call, type Status } from '../machine.ts';
import { operands, textsOf } from './arguments.ts';

/** `esbuild`, which comes with tsx. A bundle holds everything but the packages named external. */
export function bundle(call: Call): Status {
  const { machine } = call;
  const installed = see(machine, absolute(machine, 'node_modules/esbuild/package.json')) !== undefined;
  if (!installed && machine.stage.blurred === null) return call.fail('esbuild is not installed');
  const texts = textsOf(call);
  const option = (name: string) =>
    texts.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);
  const [outFile, outFolder] = [option('outfile'), option('outdir')];
  const whole = texts.includes('--bundle');
  for (const { text } of operands(call)) {
    const entry = absolute(machine, text ?? '');
    const node = see(machine, entry);
    if (node === undefined && machine.stage.blurred === null)
      return call.fail(`esbuild: there is no ${text ?? ''}`);
    const beside = seeBelow(machine, posix.dirname(entry)).map((path) => see(machine, path));
    const trace = mergeTraces(node?.trace, ...(whole ? beside.map((each) => each?.trace) : []));
    const name = posix.basename(entry).replace(/\.[cm]?tsx?$/, '.js');
    const path =
      outFile === undefined ? absolute(machine, `${outFolder ?? '.'}/${name}`) : absolute(machine, outFile);
    const sources = beside.flatMap((each) => each?.bytes ?? []);
    const external =
      option('packages') === 'external'
        ? [...new Set(sources.flatMap((bytes) => importedPackages(bytes.toString('utf8'))))]
        : texts.flatMap((each) => /^--external:(.+)$/.exec(each)?.[1] ?? []);
    const size = sources.reduce((sum, bytes) => sum + bytes.length, 0);
    const keep = {
      bytes: null,
      size,
      trace,
      origin: { kind: 'tool', tool: 'esbuild' },
      owner: 'root',
      mode: 0o644,
    } as const;
    const made = whole
      ? { ...keep, bundled: external }
      : !Buffer.isBuffer(node?.bytes)
        ? keep
        : { ...keep, compiledFrom: node.bytes };
    write(machine, path, { data: { bytes: null, trace }, tool: 'esbuild', sure: call.sure, keep: made });
  }
  return true;
}
