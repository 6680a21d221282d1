import { expect, test } from 'vitest';
import { createRandom } from '../../harness/random.ts';
import {
  againstBackslashes,
  againstNumber,
  againstSort,
  againstTags,
  againstText,
} from '../../steps/07-sql-injection/attacks.ts';
import { parseCsv } from '../../steps/07-sql-injection/csv.ts';
import { inventFamily } from '../../steps/07-sql-injection/family.ts';
import { searchPath } from '../../steps/07-sql-injection/requests.ts';

test('comma-separated values are read with their quotes, commas and line ends', () => {
  expect(parseCsv('id,name\r\n1,"O""Brien, Sean"\r\n2,"a\nb"\r\n3,\r\n')).toEqual([
    ['id', 'name'],
    ['1', 'O"Brien, Sean'],
    ['2', 'a\nb'],
    ['3', ''],
  ]);
  expect(parseCsv('a,b\n1,2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(parseCsv('')).toEqual([]);
});

test('every attack holds the marker, and none is harmless', () => {
  const all = [
    ...againstText,
    ...againstSort,
    ...againstNumber,
    ...againstBackslashes,
    ...againstTags('$x$'),
  ];
  const inputs = all.map((attack) => attack({ marker: 'qwrt', canary: 'ledger' }));
  expect(inputs.filter((input) => !input.includes('qwrt'))).toEqual([]);
  expect(inputs.filter((input) => /^[\w ]*$/.test(input))).toEqual(['1qwrt']);
  expect(new Set(againstText).size).toBeGreaterThan(18);
});

test('a tag of dollar quotes that was on the wire becomes an attack', () => {
  const attacks = againstTags("SELECT $tag$x$tag$, $$y$$, $1, '$2'");
  expect(attacks.map((attack) => attack({ marker: 'm', canary: 'c' }))).toEqual([
    'm$tag$ OR 1=1 --',
    'm$$ OR 1=1 --',
  ]);
});

test('a family can be told apart by name, by birth date and from run to run', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { name, members } = inventFamily(createRandom(seed));
    expect(new Set(members.map(({ birthDate }) => birthDate.slice(0, 4))).size).toBe(4);
    expect(new Set(members.map((member) => member.name.charAt(0))).size).toBe(4);
    for (const { birthDate } of members) expect(new Date(birthDate).toISOString()).toContain(birthDate);
    expect(name).toMatch(/^[A-Z][a-z]{6}$/);
  }
});

test('an address escapes what it must and leaves what it may', () => {
  expect(searchPath(['name', "a' /*$b*/ %;ü"], ['name[]', '"'])).toBe(
    "/patients/search?name=a'%20/*$b*/%20%25;%C3%BC&name[]=%22",
  );
});
