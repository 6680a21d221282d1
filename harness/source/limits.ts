import type { FunctionOutline } from './functions.ts';

/** The most that a function may measure; the words are those of `Measures`. */
export interface Limits {
  readonly depth: number;
  readonly conditions: number;
  readonly complexity: number;
  readonly functions: number;
}

/** Functions of the clinic as shipped that were over a limit already, by file and name: they may stay as they are. */
export type Allowances = Readonly<Record<string, Readonly<Record<string, Limits>>>>;

/** In which measures a function is over its limits. A second function of an allowed name has no allowance. */
export function createExcess(allowances: Allowances) {
  const used = new Set<string>();
  return (outline: FunctionOutline, limits: Limits): readonly (keyof Limits)[] => {
    const key = `${outline.file} ${outline.name}`;
    const allowed = used.has(key) ? undefined : allowances[outline.file]?.[outline.name];
    used.add(key);
    return MEASURES.filter(
      (measure) => outline[measure] > Math.max(limits[measure], allowed?.[measure] ?? 0),
    );
  };
}

const MEASURES = ['depth', 'conditions', 'complexity', 'functions'] as const;
