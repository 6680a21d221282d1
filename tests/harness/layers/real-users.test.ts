import { expect, test } from 'vitest';
import { isRoot, listedUsers, usersOf } from '../../../harness/layers/engine/real-users.ts';

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

test.each([
  [
    'PID                 UID\n4242                0\n4250                1000\n4251                1000\n',
    ['0', '1000'],
  ],
  ['  UID   PID\n 1000     7\n', ['1000']],
  ['PID UID\n', []],
  ['', []],
])('%j lists %j', (output, expected) => expect(listedUsers(output)).toEqual(expected));
