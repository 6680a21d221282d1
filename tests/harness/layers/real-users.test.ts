import { expect, test } from 'vitest';
import { isRoot, usersOf } from '../../../harness/layers/engine/real-users.ts';

test.each([
  [['1000'], 'root', false],
  [['0', '1000'], 'node', true],
  [[], 'node', false],
  [[], '', true],
  [[], 'root', true],
  [[], '0:0', true],
  [[], '65532', false],
  [[], 'rooted', false],
])('processes %j of an image for "%s" run as root: %s', (listed, named, expected) =>
  expect(usersOf(listed, named).some(isRoot)).toBe(expected),
);
