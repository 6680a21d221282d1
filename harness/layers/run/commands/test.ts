import { absolute, isAbsent, isFolder, see } from '../filesystem.ts';
import type { Call, Status } from '../machine.ts';

/** `test`, `[` and `[[`: what can be known of files and texts; `null` for everything else. */
export function testCommand(call: Call): Status {
  const args = call.args.filter(
    ({ text }, index) => !(index === call.args.length - 1 && /^\]\]?$/.test(text ?? '')),
  );
  const texts = args.map(({ text }) => text);
  const negated = texts[0] === '!';
  const status = decide(call, negated ? texts.slice(1) : texts);
  return status === null || !negated ? status : !status;
}

function decide(call: Call, texts: readonly (string | null)[]): Status {
  if (texts.some((text) => text === null)) return null;
  const [first = '', second = '', third] = texts.map((text) => text ?? '');
  if (texts.length === 1) return first !== '';
  if (texts.length === 2) return unary(call, first, second);
  if (texts.length !== 3) return null;
  if (second === '=' || second === '==') return first === third;
  if (second === '!=') return first !== third;
  return null;
}

function unary(call: Call, operator: string, operand: string): Status {
  const path = absolute(call.machine, operand);
  const node = see(call.machine, path);
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-d':
      return isFolder(call.machine, path) ? true : isAbsent(call.machine, path) ? false : null;
    case '-f':
    case '-e':
    case '-r':
      if (node !== undefined) return true;
      if (operator !== '-f' && isFolder(call.machine, path)) return true;
      return isAbsent(call.machine, path) ? false : null;
    case '-s':
      if (Buffer.isBuffer(node?.bytes)) return node.bytes.length > 0;
      return node === undefined && isAbsent(call.machine, path) ? false : null;
    default:
      return null;
  }
}
