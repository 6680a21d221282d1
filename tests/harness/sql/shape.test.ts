import { beforeAll, describe, expect, test } from 'vitest';
import { loadGrammar, type Shape, shapeOf } from '../../../harness/sql/shape.ts';

const MARKER = 'qwrt';
const search = (name: string, sort = 'name') =>
  `SELECT id FROM patient_directory WHERE name ILIKE '%${name}%' AND age > 3 ORDER BY ${sort} LIMIT 5`;
const keyOf = (shape: Shape) => (shape.kind === 'tree' ? shape.key : shape.kind);
const same = (a: string, b: string, conforming: 'on' | 'off' = 'on') =>
  keyOf(shapeOf(a, MARKER, conforming)) === keyOf(shapeOf(b, MARKER, conforming));

beforeAll(loadGrammar);

describe('two statements are the same', () => {
  test.each([
    ['whatever their constants hold', search('qwrt'), search("qwrt''s -- no comment")],
    ['however a constant is quoted', search('a').replace("'%a%'", "E'a\\\\'"), search('b')],
    ['when a quoted name holds the input', search('', '"qwrt; DROP"'), search('', '"qwrtx"')],
    [
      'whatever white space and comments they have',
      search('a'),
      search('a').replace(' AND', '\n/* x */ AND'),
    ],
  ])('%s', (_, a, b) => expect(same(a, b)).toBe(true));
});

describe('two statements are not the same', () => {
  test.each([
    ['with one condition more', search('qwrt'), search("qwrt' OR '1'='1")],
    ['with the rest in a comment', search('qwrt'), search("qwrt' OR 1=1 --")],
    ['with a second statement', search('qwrt'), search("qwrt'; DELETE FROM doctors --")],
    ['with a second SELECT', search('qwrt'), search("qwrt' UNION SELECT id FROM doctors --")],
    ['with a name that is not quoted', search('', 'name'), search('', 'birth_date')],
    ['with a constant of another kind', 'SELECT 1', "SELECT '1'"],
    ['with an expression to sort by', search('', 'qwrt'), search('', '(SELECT 1 /*qwrt*/)')],
  ])('%s', (_, a, b) => expect(same(a, b)).toBe(false));
});

test('what is no SQL says so, in the words of PostgreSQL', () => {
  expect(shapeOf("SELECT 'qwrt''", MARKER)).toEqual({
    kind: 'unparsable',
    message: expect.stringContaining('unterminated quoted string') as string,
  });
});

test('a backslash before a quote ends a text or does not, as the setting says', () => {
  const hostile = search("qwrt\\'' OR 1=1 --");
  expect(same(hostile, search('qwrt'), 'on')).toBe(true);
  expect(same(hostile, search('qwrt'), 'off')).toBe(false);
  expect(same(search("qwrt\\' OR 1=1 --"), search('qwrt'), 'off')).toBe(true);
});

test('nothing is a statement of no tree', () => {
  expect(keyOf(shapeOf(' \n', MARKER))).toBe('[]');
});

test('the outline is read from the top, in the words of SQL', () => {
  const shape = shapeOf(search("qwrt' OR '1'='1"), MARKER);
  expect(shape.kind === 'tree' ? shape.outline() : shape.message).toMatchInlineSnapshot(`
    "SELECT
      values
        column id
      from
        table patient_directory
      where
        OR
          ILIKE
            column name
            text '%qwrt'
          AND
            operator =
              text '1'
              text '1%'
            operator >
              column age
              number 3
      order by
        column name
      limit
        number 5"
  `);
  const two = shapeOf("UPDATE doctors SET name = 'x' WHERE id = $1; DROP TABLE notes", MARKER);
  expect(two.kind === 'tree' ? two.outline() : two.message).toMatchInlineSnapshot(`
    "UPDATE
      table doctors
      values
        as name
          text 'x'
      where
        operator =
          column id
          parameter $1
    DROP
      list
        name notes"
  `);
});
