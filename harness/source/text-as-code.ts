import type { ParsedSource } from './parse.ts';
import { walk } from './walk.ts';

/** Where a text is run as code, which no measure can look into: `eval`, `new Function`, the module `node:vm`. */
export function textsRunAsCode(source: ParsedSource): { readonly line: number; readonly what: string }[] {
  const found: { line: number; what: string }[] = [];
  walk(source.program, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const { callee } = node;
      if (callee.type === 'Identifier' && (callee.name === 'eval' || callee.name === 'Function'))
        found.push({ line: source.lineOf(node.start), what: callee.name });
    }
    if (node.type === 'ImportDeclaration' && /^(node:)?vm$/.test(node.source.value))
      found.push({ line: source.lineOf(node.start), what: 'vm' });
  });
  return found;
}
