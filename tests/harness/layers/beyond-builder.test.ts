import { expect, test } from 'vitest';
import { beyondBuilder } from '../../../harness/layers/engine/beyond-builder.ts';

test.each([
  ["ERROR: failed to solve: unexpected key 'env' in 'env=BACKUP_BUCKET_KEY'", 'RUN --mount=…,env=…'],
  ['ERROR: failed to solve: dockerfile parse error on line 4: unknown flag: exclude', '--exclude'],
  ["ERROR: failed to solve: unexpected key 'envv' in 'envv=KEY'", null],
  ['ERROR: failed to solve: dockerfile parse error on line 4: unknown flag: exlude', null],
  ['ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1', null],
])('%s', (output, expected) => expect(beyondBuilder(output)).toBe(expected));
