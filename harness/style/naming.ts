import type { Node } from 'oxc-parser';
import { type Binding, bindingsOf } from '../source/names.ts';
import type { ParsedSource } from '../source/parse.ts';
import { isFunction, walk } from '../source/walk.ts';
import type { StyleFault } from './fault.ts';

/**
 * Names that are not written as TypeScript writes them: camelCase for values and functions, PascalCase for types and
 * classes, UPPER_CASE for constants where one likes. What a table's column or a form's field is called, others chose.
 */
export function namingFaults(source: ParsedSource): StyleFault[] {
  const constructed = constructedNames(source);
  const declared = bindingsOf(source).flatMap((binding): StyleFault[] => {
    if (isFine(binding, constructed)) return [];
    return [fault(binding.name, binding.start, wanted(binding))];
  });
  return [...declared, ...exportedNames(source)];
}

/** `notes_url` as `notesUrl`, `PatientID` as `patientId`; a type's name begins with a capital. */
export function inConvention(name: string, capital: 'camelCase' | 'PascalCase' = 'camelCase'): string {
  const words = name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_$]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  const joined = words.join('');
  return capital === 'PascalCase' ? joined : joined.charAt(0).toLowerCase() + joined.slice(1);
}

function isFine(binding: Binding, constructed: ReadonlySet<string>): boolean {
  const { name, kind, given, constant, value } = binding;
  if (given || /^[_$]+$/.test(name)) return true;
  switch (kind) {
    case 'type':
    case 'class':
      return PASCAL.test(name);
    case 'import':
      return CAMEL.test(name) || PASCAL.test(name) || UPPER.test(name);
    case 'key':
      return true;
    case 'member':
      return !isFunction(value ?? undefined) || CAMEL.test(name);
    case 'function':
      return CAMEL.test(name) || (PASCAL.test(name) && constructed.has(name));
    case 'variable':
    case 'loop':
      return (
        CAMEL.test(name) ||
        (constant && UPPER.test(name)) ||
        (PASCAL.test(name) && (constructed.has(name) || isClassLike(value)))
      );
    case 'parameter':
    case 'catch':
      return CAMEL.test(name) || (PASCAL.test(name) && constructed.has(name));
    default:
      return kind satisfies never;
  }
}

/** `new Name()` somewhere in the file. */
function constructedNames(source: ParsedSource): Set<string> {
  const names = new Set<string>();
  walk(source.program, (node) => {
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier') names.add(node.callee.name);
  });
  return names;
}

/** A class, or an object that stands in for an enum. */
function isClassLike(value: Node | null): boolean {
  if (value === null) return false;
  if (value.type === 'ClassExpression') return true;
  return value.type === 'TSAsExpression' && value.expression.type === 'ObjectExpression';
}

/** `export { noteList as note_list }`: the name that the rest of the clinic has to use. */
function exportedNames(source: ParsedSource): StyleFault[] {
  const faults: StyleFault[] = [];
  walk(source.program, (node) => {
    if (node.type !== 'ExportSpecifier' || node.exported.type !== 'Identifier') return;
    const { exported, local } = node;
    const isOwn = local.type !== 'Identifier' || local.name !== exported.name;
    const fine = [CAMEL, PASCAL, UPPER].some((convention) => convention.test(exported.name));
    const isFunctionName = local.type === 'Identifier' && CAMEL.test(local.name);
    if (isOwn && (!fine || (isFunctionName && !CAMEL.test(exported.name))))
      faults.push(fault(exported.name, exported.start, 'camelCase'));
  });
  return faults;
}

function wanted({ kind }: Binding): 'camelCase' | 'PascalCase' {
  return kind === 'type' || kind === 'class' ? 'PascalCase' : 'camelCase';
}

function fault(name: string, start: number, convention: 'camelCase' | 'PascalCase'): StyleFault {
  return {
    rule: 'naming',
    start,
    end: start + name.length,
    label: `${name} → ${inConvention(name, convention)}`,
  };
}

const CAMEL = /^[_$]*\p{Ll}[\p{L}\p{N}]*[_$]*$/u;
const PASCAL = /^[_$]*\p{Lu}[\p{L}\p{N}]*$/u;
const UPPER = /^[_$]*\p{Lu}[\p{Lu}\p{N}]*(_[\p{Lu}\p{N}]+)*$/u;
