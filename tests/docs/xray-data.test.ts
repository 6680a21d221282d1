import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import { draw, recorded, rowsOf, type Shown } from './xray-fixture.ts';
import { table, relation, pack, statement, layer } from './xray-samples.ts';

const parts = ({ svg }: Shown, name: string) => svg.querySelectorAll(`[data-part="${name}"]`);
const words = (shown: Shown) => shown.texts.join('\n');

describe('the entity-relationship diagram', () => {
  test('holds each table, column and key of the table beside it, and marks the suspect ones', async () => {
    const shown = await draw('entity-relationship', await recorded('entity-relationship'));
    expect(parts(shown, 'table')).toHaveLength(5);
    expect(parts(shown, 'relation')).toHaveLength(2);
    expect(shown.svg.querySelectorAll('.x-warn-sign')).toHaveLength(7);
    expect(shown.figure).toBe('7 suspect columns, 2 keys');
    for (const [column = '', , , suspicion = ''] of rowsOf(shown).filter((row) => row.length === 4)) {
      expect(shown.texts).toContain(column);
      if (suspicion !== '') expect(shown.texts).toContain(suspicion);
    }
  });

  test('draws no table over another', async () => {
    const tables = Array.from({ length: 40 }, (_, index) => table(`t${index}`));
    const relations = tables.slice(1).map(({ name }, index) => relation(name, `t${Math.floor(index / 3)}`));
    const shown = await draw('entity-relationship', [{ kind: 'schema', tables, relations }]);
    const boxes = parts(shown, 'table').map((one) => {
      const rect = one.querySelector('rect');
      const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) =>
        Number(rect?.getAttribute(name)),
      );
      return { x, y, right: x + width, bottom: y + height };
    });
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1))
        expect(
          one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom,
        ).toBe(false);
  });

  test('stops at forty tables, says so, and the table beside it has them all', async () => {
    const tables = Array.from({ length: 43 }, (_, index) => table(`t${index}`));
    const shown = await draw('entity-relationship', [{ kind: 'schema', tables, relations: [] }]);
    expect(parts(shown, 'table')).toHaveLength(40);
    expect(shown.texts).toContain('and 3 more tables');
    expect(shown.table.toString()).toContain('t42, 1 row');
  });
});

describe('the dependency tree', () => {
  test('names every advisory and what is never imported', async () => {
    const shown = await draw('dependency-tree', await recorded('dependency-tree'));
    expect(shown.texts.filter((text) => text.startsWith('▲'))).toHaveLength(9);
    expect(shown.texts.filter((text) => text === 'never imported')).toHaveLength(3);
    expect(rowsOf(shown)).toHaveLength(145);
  });

  test('gives each package to one branch, so that the branches add up to the whole', async () => {
    const packages = [
      pack('app-a', 10, ['shared']),
      { ...pack('app-b', 20, ['shared']), used: false },
      { ...pack('shared', 5, ['shared']), direct: false },
      { ...pack('stray', 1, []), direct: false },
    ];
    const shown = await draw('dependency-tree', [{ kind: 'dependencies', packages }]);
    expect(shown.texts).toContain('15 B with 1 along');
    expect(shown.texts).toContain('20 B');
    expect(shown.texts).toContain('1 B, asked for by none of these');
    expect(shown.texts.filter((text) => text === 'shared')).toHaveLength(1);
  });

  test('folds what comes along with three hundred packages, and lists them all', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const packages = [
      pack('root', 1, names),
      ...names.map((name) => ({ ...pack(name, 1000, []), direct: false })),
    ];
    const shown = await draw('dependency-tree', [{ kind: 'dependencies', packages }]);
    expect(shown.texts).toContain('and 298 more packages');
    expect(rowsOf(shown)).toHaveLength(301);
  });
});

describe('the query waterfall', () => {
  test('gives twins one letter, ties them, and starts its axis at nothing', async () => {
    const shown = await draw('query-waterfall', await recorded('query-waterfall'));
    expect(parts(shown, 'statement')).toHaveLength(41);
    expect(parts(shown, 'twins').map((one) => one.querySelectorAll('circle').length)).toEqual([
      3, 12, 12, 12,
    ]);
    expect(shown.texts).toContain('0 ms');
    expect(
      rowsOf(shown)
        .map(([, letter]) => letter)
        .filter((letter) => letter === 'F'),
    ).toHaveLength(12);
  });

  test('stops at eighty statements, says so, and lists two hundred', async () => {
    const statements = Array.from({ length: 200 }, (_, index) => statement(`SELECT ${index} FROM t`, index));
    const shown = await draw('query-waterfall', [
      { kind: 'statements', request: 'GET /', statements, marks: [] },
    ]);
    expect(parts(shown, 'statement')).toHaveLength(80);
    expect(shown.texts).toContain('and 120 more statements');
    expect(rowsOf(shown)).toHaveLength(200);
    expect(shown.figure).toBe('200 statements, 0 repeats');
  });

  test('uses one scale of milliseconds for both sides', async () => {
    const of = (milliseconds: number): Evidence => ({
      kind: 'statements',
      request: 'GET /',
      statements: [{ ...statement('SELECT 1', 0), milliseconds }],
      marks: [],
    });
    const [short, long] = [
      await draw('query-waterfall', [of(10)], [of(100)]),
      await draw('query-waterfall', [of(100)], [of(10)]),
    ];
    const width = (shown: Shown) => Number(shown.svg.querySelector('.x-bar')?.getAttribute('width'));
    expect(width(long) / width(short)).toBeCloseTo(10, 1);
  });
});

describe('the statement', () => {
  test('lights the input in the text, and marks what the twin’s tree does not have', async () => {
    const shown = await draw('lit-statement', await recorded('lit-statement'));
    expect(shown.svg.querySelectorAll('.x-lit-text').map(({ textContent }) => textContent)).toEqual([
      "tfjlgfs' OR 1=1 --",
    ]);
    expect(shown.figure).toBe('The input becomes part of the SQL');
    expect(shown.texts).toContain('OR');
    expect(shown.texts).toContain('No value travels beside it.');
  });

  test('lights it beside the text when it travels as a value, and says that the tree is the same', async () => {
    const evidence: Evidence = {
      kind: 'statements',
      request: 'GET /',
      statements: [{ ...statement('SELECT 1 WHERE a = $1', 0), parameters: ["%x' OR 1=1%"] }],
      marks: [{ statement: 0, parameter: 0, start: 1, end: 10, label: 'the name' }],
      trees: [{ statement: 0, tree: 'SELECT\n  parameter $1', twin: 'SELECT\n  parameter $1' }],
    };
    const shown = await draw('lit-statement', [evidence]);
    expect(shown.svg.querySelector('.x-lit-text')?.textContent).toBe("x' OR 1=1");
    expect(shown.figure).toBe('The input changes nothing in the SQL');
    expect(shown.says).toContain('the tree is the same');
  });
});

describe('the stack of layers', () => {
  test('is as high as the image, in one scale with the other side, and stripes what is wasted', async () => {
    const evidence = await recorded('wasted-layers');
    const slim: Evidence = { kind: 'layers', layers: [layer('FROM node:24-slim', 229_000_000, 0)] };
    const [fat, now] = [
      await draw('wasted-layers', evidence, [slim]),
      await draw('wasted-layers', [slim], evidence),
    ];
    expect(fat.figure).toBe('about 1.55 GB, 1.26 GB of it wasted');
    expect(fat.svg.querySelectorAll('[fill="url(#x-hatch)"]').length).toBeGreaterThanOrEqual(2);
    expect(now.svg.querySelectorAll('[fill="url(#x-hatch)"]')).toHaveLength(0);
    const tall = (shown: Shown) =>
      shown.svg
        .querySelectorAll('.x-layer')
        .reduce((sum, one) => sum + Number(one.getAttribute('height')), 0);
    expect(tall(fat) / tall(now)).toBeCloseTo(1551.6 / 229, 0);
    expect(rowsOf(fat)).toHaveLength(10);
  });

  test('opens each layer in which a secret can be read, with the command that reads it', async () => {
    const shown = await draw('secret-layers', await recorded('secret-layers'));
    expect(parts(shown, 'open-layer')).toHaveLength(3);
    expect(shown.texts.filter((text) => text === 'a secret can be read')).toHaveLength(3);
    expect(words(shown)).toMatch(/tar -xOf \.workshop\/image\/blobs\/sha256\/[0-9a-f]{64} app\/\.secrets/);
    expect(shown.figure).toBe('3 places show a secret');
    const clean = await draw('secret-layers', [{ kind: 'layers', layers: [layer('FROM a', 1, 0)] }]);
    expect(clean.figure).toBe('No place shows a secret');
    expect(parts(clean, 'open-layer')).toHaveLength(0);
  });
});
