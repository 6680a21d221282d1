/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import { hidesSequence, isStatementChain } from './statement-chains.ts';
import type { ParsedSource } from './parse.ts';
import { createProfile } from './profile.ts';
import { childrenOf, type FunctionLike, isFunction } from './walk.ts';

export interface Measures {
  /** Levels a reader must hold in mind: blocks, functions with a block inside functions, ternaries inside ternaries. */
  readonly depth: number;
  /** The levels among them that are conditions: `if`, `switch`, ternary inside ternary, `&&` inside `||` inside `&&`. */
  readonly conditions: number;
  /** Cognitive complexity, after G. A. Campbell's definition (SonarSource, 2018); `??` and `?.` are free. */
  readonly complexity: number;
  /** Functions inside functions; those around it that only hand it out count too. */
  readonly functions: number;
  /** Decisions in the clothes of an expression: `a && b && f();` as a statement, `(a || (f(), false)) && b` anywhere. */
  readonly chains: readonly { readonly start: number; readonly end: number }[];
  /** Depth of each line, first to last. */
  readonly profile: readonly number[];
  /** Names that are called or handed to a call, each once. */
  readonly calls: readonly string[];
}

interface Place {
  /** Nesting as complexity counts it. */
  readonly nest: number;
  readonly depth: number;
  readonly conditions: number;
  readonly functions: number;
  readonly ternaries: number;
  /** Changes between `&&` and `||` on the way here. */
  readonly changes: number;
  readonly operator: '&&' | '||' | null;
  readonly elseIf: boolean;
  /** Directly in the function's own body: one `try` around everything is no level. */
  readonly outermost: boolean;
}

/** Measures a function; `around` is how many functions are around it. */
export function measure(source: ParsedSource, node: FunctionLike, around: number): Measures {
  const profile = createProfile(source, node);
  const chains: { start: number; end: number }[] = [];
  const calls = new Set<string>();
  let depth = 0;
  let conditions = 0;
  let complexity = 0;
  let functions = around;

  function reach(place: Place, node: Node): void {
    depth = Math.max(depth, place.depth);
    conditions = Math.max(conditions, place.conditions);
    functions = Math.max(functions, place.functions);
    profile.raise(node, place.depth);
  }
  const plain = (place: Place): Place => ({
    ...place,
    ternaries: 0,
    changes: 0,
    operator: null,
    elseIf: false,
    outermost: false,
  });
  const condition = (place: Place): Place => ({
    ...plain(place),
    nest: place.nest + 1,
    depth: place.depth + 1,
    conditions: place.conditions + 1,
  });
  const block = (place: Place): Place => ({ ...plain(place), nest: place.nest + 1, depth: place.depth + 1 });
  const all = (nodes: readonly (Node | null | undefined)[], place: Place) => {
    for (const node of nodes) if (node) visit(node, place);
  };
  const into = (node: Node | null | undefined, place: Place) => {
    if (!node) return;
    reach(place, node);
    visit(node, place);
  };

  function visit(node: Node, place: Place): void {
    if (isFunction(node)) return visitFunction(node, place);
    switch (node.type) {
      case 'IfStatement': {
        complexity += place.elseIf ? 1 : 1 + place.nest;
        const inner = place.elseIf ? { ...plain(place) } : condition(place);
        visit(node.test, plain(place));
        into(node.consequent, inner);
        if (node.alternate === null) return;
        if (node.alternate.type === 'IfStatement') return visit(node.alternate, { ...inner, elseIf: true });
        complexity += 1;
        return into(node.alternate, inner);
      }
      case 'ConditionalExpression': {
        complexity += 1 + place.nest;
        const nested = place.ternaries > 0 ? 1 : 0;
        const inner: Place = {
          ...place,
          nest: place.nest + 1,
          depth: place.depth + nested,
          conditions: place.conditions + nested,
          ternaries: place.ternaries + 1,
          operator: null,
        };
        visit(node.test, { ...place, operator: null });
        into(node.consequent, inner);
        return into(node.alternate, inner);
      }
      case 'SwitchStatement': {
        // `switch (true)` is a list of ifs.
        complexity +=
          1 +
          place.nest +
          (node.discriminant.type === 'Literal' ? node.cases.filter((c) => c.test).length - 1 : 0);
        visit(node.discriminant, plain(place));
        reach(condition(place), node);
        for (const { test, consequent } of node.cases) {
          if (test !== null) visit(test, plain(place));
          for (const statement of consequent) {
            if (statement.type === 'BlockStatement') all(statement.body, condition(place));
            else visit(statement, condition(place));
          }
        }
        return;
      }
      case 'ForStatement':
        all([node.init, node.test, node.update], plain(place));
        complexity += 1 + place.nest;
        return into(node.body, block(place));
      case 'ForInStatement':
      case 'ForOfStatement':
        all([node.left, node.right], plain(place));
        complexity += 1 + place.nest;
        return into(node.body, block(place));
      case 'WhileStatement':
      case 'DoWhileStatement':
        visit(node.test, plain(place));
        complexity += 1 + place.nest;
        return into(node.body, block(place));
      case 'TryStatement': {
        const inner = place.outermost ? plain(place) : { ...plain(place), depth: place.depth + 1 };
        into(node.block, inner);
        if (node.handler !== null) {
          complexity += 1 + place.nest;
          into(node.handler.body, block(place));
        }
        return into(node.finalizer, inner);
      }
      case 'LabeledStatement':
        complexity += 1;
        return into(node.body, node.body.type === 'BlockStatement' ? block(place) : plain(place));
      case 'BlockStatement':
        for (const statement of node.body) {
          if (statement.type === 'BlockStatement')
            into(statement, { ...plain(place), depth: place.depth + 1 });
          else visit(statement, place);
        }
        return;
      case 'ExpressionStatement':
        if (isStatementChain(node.expression)) chains.push(spanOf(node));
        return visit(node.expression, plain(place));
      case 'LogicalExpression': {
        if (node.operator === '??') break;
        if (place.operator === null && hidesSequence(node) && !isInside(node, chains))
          chains.push(spanOf(node));
        const changed = place.operator !== node.operator;
        if (changed) complexity += 1;
        const changes = place.changes + (changed ? 1 : 0);
        const extra = changed && changes > 2 ? 1 : 0;
        const inner: Place = {
          ...place,
          operator: node.operator,
          changes,
          depth: place.depth + extra,
          conditions: place.conditions + extra,
        };
        reach(inner, node);
        return all([node.left, node.right], inner);
      }
      case 'CallExpression':
      case 'NewExpression': {
        for (const called of [node.callee, ...node.arguments]) {
          if (called.type === 'Identifier') calls.add(called.name);
          if (called.type === 'MemberExpression' && !called.computed && called.property.type === 'Identifier')
            calls.add(called.property.name);
        }
        break;
      }
      default:
    }
    const leaves = node.type.endsWith('Statement') || node.type.endsWith('Declaration');
    all(childrenOf(node), leaves ? plain(place) : { ...place, operator: null });
  }

  function visitFunction(inner: FunctionLike, place: Place): void {
    const long = inner.body.type === 'BlockStatement' ? 1 : 0;
    const inside: Place = {
      ...plain(place),
      nest: place.nest + 1,
      depth: place.depth + long,
      functions: place.functions + 1,
    };
    reach(inside, inner.body);
    all(inner.params, inside);
    visit(inner.body, inside);
  }

  const depthBefore = Math.max(0, around - 1);
  visit(node.body, {
    nest: 0,
    depth: depthBefore,
    conditions: 0,
    functions: around,
    ternaries: 0,
    changes: 0,
    operator: null,
    elseIf: false,
    outermost: true,
  });
  return { depth, conditions, complexity, functions, chains, profile: profile.lines(), calls: [...calls] };
}

const spanOf = ({ start, end }: Node) => ({ start, end });

const isInside = (node: Node, spans: readonly { readonly start: number; readonly end: number }[]) =>
  spans.some((span) => span.start <= node.start && node.end <= span.end);
