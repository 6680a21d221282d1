import type { Node } from 'oxc-parser';
import type { ParsedSource } from './parse.ts';
import { type BindingKind, boundNames, isScope, scopeOf } from './scopes.ts';
import { walk } from './walk.ts';

export type { BindingKind } from './scopes.ts';

/** A name that is introduced in a file. */
export interface Binding {
  readonly name: string;
  /** `loop`: a `for`'s own; `member`: of a class, an interface or a type; `key`: of an object literal. */
  readonly kind: BindingKind;
  /** For `variable`: declared with `const`. */
  readonly constant: boolean;
  /** Somebody else chose it: an import or a destructured property that keeps its name, a quoted key. */
  readonly given: boolean;
  readonly start: number;
  readonly line: number;
  readonly column: number;
  /** The node in which it can be used. */
  readonly scope: Node;
  /** Lines of code from here to the last mention in the scope: how long a reader must remember it. */
  readonly lives: number;
  /** What it is set to, where that stands beside it: the initial value, a function's own node. */
  readonly value: Node | null;
}

/** Every name that a file introduces, in the order of the text. */
export function bindingsOf(source: ParsedSource): Binding[] {
  const mentions = mentionsOf(source);
  const bindings: Binding[] = [];

  function add(
    name: Node,
    kind: BindingKind,
    scope: Node,
    rest: { given?: boolean; value?: Node | null; constant?: boolean },
  ) {
    const text = name.type === 'Identifier' || name.type === 'PrivateIdentifier' ? name.name : null;
    if (text === null || text === 'this') return;
    const last =
      (mentions.get(text) ?? []).findLast((at) => at >= name.start && at < scope.end) ?? name.start;
    bindings.push({
      name: text,
      kind,
      constant: rest.constant ?? false,
      given: rest.given ?? false,
      start: name.start,
      ...source.at(name.start),
      scope,
      lives: source.codeLines(name.start, last + text.length),
      value: rest.value ?? null,
    });
  }

  walk(source.program, (node, ancestors) => {
    for (const bound of boundNames(node, ancestors)) {
      const scope =
        bound.outer === true
          ? scopeOf(ancestors)
          : (bound.scope ?? (isScope(node) ? node : scopeOf(ancestors)));
      add(bound.name, bound.kind, scope, bound);
    }
  });
  return bindings.sort((a, b) => a.start - b.start);
}

function mentionsOf(source: ParsedSource): Map<string, number[]> {
  const mentions = new Map<string, number[]>();
  walk(source.program, (node) => {
    if (node.type !== 'Identifier' && node.type !== 'PrivateIdentifier') return;
    const known = mentions.get(node.name);
    if (known === undefined) mentions.set(node.name, [node.start]);
    else known.push(node.start);
  });
  for (const offsets of mentions.values()) offsets.sort((a, b) => a - b);
  return mentions;
}
