import { describe, expect, test } from 'vitest';
import { regionOf } from '../../docs/markdown/region.ts';

const CODE = `import type { Request } from 'express';

/** Whom the search finds. */
export async function search(
  request: Request,
): Promise<void> {
  const text = \`{\`;

  await send(text, /[([{"]/);
}

const LIMIT = 50;
const COLUMNS = \`id, name,
  age\`;
const SORTS = [
  'name',
];

class Desk {
  // #region inner
  open() {}
  // #endregion inner
}
`;
const SQL = `CREATE TABLE notes (
  body text
);

-- Read by lists.
CREATE VIEW note_directory AS
  SELECT body FROM notes;
`;
const JSON_TEXT = '{\n  "name": "desk",\n  "dependencies": {\n    "pg": "*"\n  },\n  "private": true\n}\n';
const YAML =
  'services:\n  clinic:\n    build: .\n\n    ports:\n      - "8000"\n  database:\n    image: postgres\n';

describe('a quoted name', () => {
  const quote = (name: string) => regionOf(CODE, name, 'x.ts');

  test('of a function gives all of it, with its comment, whatever brackets its strings hold', () => {
    expect(quote('search').split('\n')).toEqual(CODE.split('\n').slice(2, 10));
  });

  test('of a constant, a list and a class', () => {
    expect(quote('LIMIT')).toBe('const LIMIT = 50;');
    expect(quote('COLUMNS')).toBe('const COLUMNS = `id, name,\n  age`;');
    expect(quote('SORTS')).toBe("const SORTS = [\n  'name',\n];");
    expect(quote('Desk')).toBe('class Desk {\n  open() {}\n}');
  });

  test('means the region when there is one', () => {
    expect(quote('inner')).toBe('open() {}');
  });

  test('that is only used, or begins like another, is missing', () => {
    for (const name of ['Request', 'send', 'sear', 'LIMITS'])
      expect(() => quote(name)).toThrow(`declares no such name`);
  });
});

test('tables and views of SQL, and keys of JSON and YAML, are quoted by their names', () => {
  expect(regionOf(SQL, 'notes', 'x.sql')).toBe('CREATE TABLE notes (\n  body text\n);');
  expect(regionOf(SQL, 'note_directory', 'x.sql')).toBe(
    '-- Read by lists.\nCREATE VIEW note_directory AS\n  SELECT body FROM notes;',
  );
  expect(regionOf(JSON_TEXT, 'dependencies', 'package.json')).toBe('"dependencies": {\n  "pg": "*"\n},');
  expect(regionOf(YAML, 'clinic', 'x.yml')).toBe('clinic:\n  build: .\n\n  ports:\n    - "8000"');
});

test('a file of no known language has its marked regions only', () => {
  expect(() => regionOf('FROM node\n', 'FROM', 'app/Dockerfile')).toThrow('it has no regions');
});
