import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../scripts/command-line.ts';
import { WorkshopError } from '../../model/workshop-error.ts';

const GRAMMAR = {
  usage: 'Type it like this.',
  options: { json: 'flag', app: 'text', seed: 'number', port: 'port' },
  words: { least: 1, most: 2 },
} as const;

test('options and words are told apart, in any order', () => {
  const { options, words } = parseCommandLine(
    ['7', '--seed', '12', '--json', 'all', '--app=../copy'],
    GRAMMAR,
  );
  expect(options).toEqual({ json: true, app: '../copy', seed: 12, port: undefined });
  expect(words).toEqual(['7', 'all']);
});

test('what was not typed is false or absent', () => {
  const { options, help } = parseCommandLine(['7'], GRAMMAR);
  expect(options).toEqual({ json: false, app: undefined, seed: undefined, port: undefined });
  expect(help).toBe(false);
});

test('who asks for help is not told that a word is missing', () => {
  expect(parseCommandLine(['--help'], GRAMMAR).help).toBe(true);
});

describe('a mistake is named, with the way to type it', () => {
  test.each([
    [['7', '--jsn'], 'There is no option "--jsn" here. Did you mean "--json"?'],
    [['7', '--zzzzzzzzzzz'], 'There is no option "--zzzzzzzzzzz" here.'],
    [['7', '-x'], 'There is no option "-x" here.'],
    [['7', '--seed', 'red'], '--seed needs a whole number, and "red" was given.'],
    [['7', '--seed', '-1'], '--seed needs a whole number, and "-1" was given.'],
    [['7', '--port', '70000'], '--port needs a port from 0 to 65535, and "70000" was given.'],
    [['7', '--app'], '--app needs a value, and none was given.'],
    [['7', '--json=yes'], '--json takes no value, and "yes" was given.'],
    [['1', '2', '3'], '"3" is one word too many.'],
    [[], 'A word is missing.'],
  ])('%j', (args, message) => {
    const thrown = thrownBy(() => parseCommandLine(args, GRAMMAR));
    expect(thrown).toBeInstanceOf(WorkshopError);
    expect(thrown).toMatchObject({ code: 'USAGE', message, remedy: 'Type it like this.' });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
