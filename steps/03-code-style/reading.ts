import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { territoryOf } from '../../harness/source/territory.ts';
import { textsRunAsCode } from '../../harness/source/text-as-code.ts';
import type { StyleFault } from '../../harness/style/fault.ts';
import { styleFaults } from '../../harness/style/style.ts';
import type { Finding } from '../../model/finding.ts';

export interface StyledSource {
  readonly source: ParsedSource;
  readonly faults: readonly StyleFault[];
  /** How many it had when the clinic was shipped. */
  readonly allowed: number;
  readonly textsAsCode: ReturnType<typeof textsRunAsCode>;
}

export interface StyleReading {
  /** The two views, and each new file that can be reached from them by imports. */
  readonly own: readonly StyledSource[];
  readonly others: readonly StyledSource[];
  /** Syntax errors. */
  readonly faults: readonly Finding[];
}

/** Reads the style of every code file. Ask through `run.once`. */
export async function readStyle(run: Run): Promise<StyleReading> {
  const { parsed, faults } = parseFiles(run.sources);
  const shipped = readShipped();
  const ownFiles = new Set(
    VIEWS.flatMap((view) => territoryOf(parsed, view, shipped.files).own.map(({ file }) => file)),
  );
  const styled = parsed.map((source) => ({
    source,
    faults: styleFaults(source),
    allowed: shipped.faults[source.file] ?? 0,
    textsAsCode: textsRunAsCode(source),
  }));
  return {
    own: styled.filter(({ source }) => ownFiles.has(source.file)),
    others: styled.filter(({ source }) => !ownFiles.has(source.file)),
    faults,
  };
}

function readShipped() {
  return shippedSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'shipped.json'), 'utf8')));
}

/** Written by `npx vitest run tests/steps/code-style-shipped.test.ts -u` from `app/` as shipped. */
const shippedSchema = z.strictObject({
  files: z.array(z.string()),
  faults: z.record(z.string(), z.number()),
});

export const VIEWS = ['app/src/views/patients.ts', 'app/src/views/notes.ts'] as const;
