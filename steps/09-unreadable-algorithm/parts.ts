import { functionName } from '../../harness/source/function-name.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { isFunction, walk } from '../../harness/source/walk.ts';

/** Something of the algorithm that has a name of its own. */
export interface NamedPart {
  readonly name: string;
  readonly line: number;
  /** The name says what it is about, in the words of the clinic. */
  readonly inDomain: boolean;
}

/**
 * The named functions of a file, methods and arrow functions included, and the named queries (`WITH ages AS (…)`) of its
 * SQL. What takes a request is the door of the algorithm, not a part of it.
 */
export function namedParts(source: ParsedSource): NamedPart[] {
  const parts: NamedPart[] = [];
  const add = (name: string, offset: number) =>
    parts.push({ name, line: source.lineOf(offset), inDomain: DOMAIN.test(name) });
  walk(source.program, (node, ancestors) => {
    if (isFunction(node)) {
      const name = functionName(node, ancestors);
      const takesRequest =
        node.params.length >= 2 &&
        /^_?(req|request|ctx|context)$/i.test(
          source.code.slice(node.params[0]?.start, node.params[0]?.end).split(':')[0]?.trim() ?? '',
        );
      if (!takesRequest && !/^(callback of|anonymous|default|constructor)/.test(name)) add(name, node.start);
    }
    if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string')) {
      const text = source.code.slice(node.start, node.end);
      if (/\bselect\b/i.test(text))
        for (const named of text.matchAll(
          /\b([a-z_]{3,})\s+as\s+(?:not\s+)?(?:materialized\s+)?\(\s*(?:select|values)\b/gi,
        ))
          add(named[1] ?? '', node.start + named.index);
    }
  });
  return parts;
}

const DOMAIN =
  /patient|people|person|age|diagnos|illness|disease|condition|comorbid|risk|score|scoring|point|severity|facilit|report|average|mean|count|tally|frequen|summar|statistic|stats|high|low|medium|total|top|rank|birth|weigh|band|level|elder|senior|old|young/i;
