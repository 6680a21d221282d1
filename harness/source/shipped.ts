import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type FunctionOutline, functionsOf } from './functions.ts';
import { createExcess, type Limits } from './limits.ts';
import type { ParsedSource } from './parse.ts';

/** What a step remembers of `app/` as shipped. */
export type Shipped = z.infer<typeof shippedSchema>;

/** Reads a step's `shipped.json`. */
export function readShipped(file: string): Shipped {
  return shippedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What `shipped.json` has to hold: all code files, and the functions over `limits` except those of the step's own `view`. */
export function describeShipped(parsed: readonly ParsedSource[], view: string, limits: Limits): Shipped {
  const excess = createExcess({});
  const over = parsed.flatMap(functionsOf).filter((f) => f.file !== view && excess(f, limits).length > 0);
  const allowances: Record<string, Record<string, Limits>> = {};
  for (const outline of over) (allowances[outline.file] ??= {})[outline.name] = limitsOf(outline);
  return { files: parsed.map((source) => source.file), allowances };
}

const limitsOf = ({ depth, conditions, complexity, functions }: FunctionOutline): Limits => ({
  depth,
  conditions,
  complexity,
  functions,
});

const limitsSchema = z.strictObject({
  depth: z.number(),
  conditions: z.number(),
  complexity: z.number(),
  functions: z.number(),
});

const shippedSchema = z.strictObject({
  files: z.array(z.string()),
  allowances: z.record(z.string(), z.record(z.string(), limitsSchema)),
});
