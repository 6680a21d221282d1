import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, type Options } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parseSource } from '../../../harness/source/parse.ts';
import { styleFaults } from '../../../harness/style/style.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const CONFIGURATIONS: readonly Options[] = [
  {},
  { useTabs: true },
  { tabWidth: 4, printWidth: 60 },
  { semi: false },
  { singleQuote: true, printWidth: 200 },
  { bracketSpacing: false },
  { arrowParens: 'avoid', trailingComma: 'none' },
  { experimentalTernaries: true },
  { objectWrap: 'collapse' },
  { experimentalOperatorPosition: 'start' },
  { embeddedLanguageFormatting: 'off', quoteProps: 'consistent' },
  { useTabs: true, semi: false, singleQuote: true, printWidth: 70, arrowParens: 'avoid' },
];

describe('the output of Prettier has no fault but names', () => {
  for (const options of CONFIGURATIONS) {
    test(JSON.stringify(options), async () => {
      for (const file of FILES) {
        const text = await readFile(join(root, file), 'utf8');
        const source = parseSource(file, await format(text, { ...options, parser: 'typescript' }));
        const faults = styleFaults(source).filter(({ rule }) => rule !== 'naming');
        expect(faults.map(({ start, label }) => [file, source.lineOf(start), label])).toEqual([]);
      }
    });
  }
});

/** The clinic, and code of ours with what it lacks: holes in patterns, lines that begin with a bracket, tables. */
const FILES = [
  'app/src/views/patients.ts',
  'app/src/views/notes.ts',
  'app/src/views/facilities.ts',
  'app/src/html.ts',
  'app/src/sessions.ts',
  'database/engines/native/postmaster.ts',
  'database/tap/conversation.ts',
  'harness/layers/run/redirects.ts',
  'harness/visit.ts',
];
