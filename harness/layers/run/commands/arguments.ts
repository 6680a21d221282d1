import { absolute } from '../filesystem.ts';
import type { Call, Data, Value } from '../machine.ts';
import { mergeTraces, type Trace } from '../../trace.ts';

/** Texts of the arguments; what is not known is an empty text. */
export const textsOf = (call: Call): string[] => call.args.map(({ text }) => text ?? '');

/** A short flag, alone or among others (`-rf`), or a long one. */
export function hasFlag(call: Call, ...flags: readonly string[]): boolean {
  return textsOf(call).some(
    (text) =>
      flags.includes(text) ||
      (/^-[A-Za-z]+$/.test(text) &&
        flags.some((flag) => /^-\w$/.test(flag) && text.includes(flag.charAt(1)))),
  );
}

/** Arguments that are no flags, without the values of the flags named. */
export function operands(call: Call, withValue: readonly string[] = []): Value[] {
  const out: Value[] = [];
  let onlyOperands = false;
  for (let at = 0; at < call.args.length; at += 1) {
    const arg = call.args[at];
    if (arg === undefined) break;
    const text = arg.text ?? '';
    if (!onlyOperands && text === '--') onlyOperands = true;
    else if (!onlyOperands && /^-./.test(text)) {
      if (withValue.includes(text)) at += 1;
    } else out.push(arg);
  }
  return out;
}

/** Paths of the operands; one whose text is not known is left out. */
export const pathsOf = (call: Call, values: readonly Value[]): string[] =>
  values.flatMap(({ text }) => (text === null ? [] : [absolute(call.machine, text)]));

export const traceOf = (values: readonly (Value | Data)[]): Trace =>
  mergeTraces(...values.map(({ trace }) => trace));
