/**
 * Replaces `$A`, `${A}`, `${A:-b}`, `${A:+b}`, `${A#p}` … as BuildKit does outside of RUN, CMD and ENTRYPOINT.
 * Nothing is replaced between single quotes. A form that is not known stays as it is.
 */
export function expandVariables(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(PATTERN, (match, single, braced, operator, operand, plain) => {
    if (match === '\\$') return '$';
    if (typeof single === 'string') return match;
    const name = String(braced ?? plain);
    const value = valueOf(name);
    return operator === undefined ? (value ?? '') : withOperator(operator, value, operand ?? '', valueOf);
  });
}

function withOperator(
  operator: string,
  value: string | undefined,
  operand: string,
  valueOf: (name: string) => string | undefined,
): string {
  const there = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const other = () => expandVariables(operand, valueOf);
  switch (operator.slice(-1)) {
    case '-':
      return there ? (value ?? '') : other();
    case '+':
      return there ? other() : '';
    case '#':
      return value?.startsWith(operand) === true ? value.slice(operand.length) : (value ?? '');
    case '%':
      return value?.endsWith(operand) === true ? value.slice(0, -operand.length) : (value ?? '');
    default:
      return value ?? '';
  }
}

const PATTERN = /\\\$|'([^']*)'|\$(?:\{(\w+)(?:(:?[-+?]|##?|%%?)((?:[^{}]|\$\{[^}]*\})*))?\}|(\w+))/g;
