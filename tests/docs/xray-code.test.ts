import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import { draw, recorded, rowsOf, type Shown } from './xray-fixture.ts';
import { LIMITS, part } from './xray-samples.ts';

const parts = ({ svg }: Shown, name: string) => svg.querySelectorAll(`[data-part="${name}"]`);
const words = (shown: Shown) => shown.texts.join('\n');

describe('the style strip', () => {
  test('lights each place once and counts it in the lane of its family', async () => {
    const evidence = await recorded('style-strip');
    const shown = await draw('style-strip', evidence);
    const counted = shown.svg.querySelectorAll('.x-fail').map(({ textContent }) => Number(textContent));
    expect(counted.reduce((a, b) => a + b, 0)).toBe(273);
    expect(rowsOf(shown)).toHaveLength(273);
    expect(shown.figure).toBe('273 untidy places in 2 files');
  });

  test('of a tidy file shows the file and four zeros', async () => {
    const tidy: Evidence = {
      kind: 'source-marks',
      file: 'a.ts',
      lines: 2,
      marks: [],
      extents: [
        [0, 9],
        [2, 5],
      ],
    };
    const shown = await draw('style-strip', [tidy]);
    expect(shown.svg.querySelectorAll('.x-pass').map(({ textContent }) => textContent)).toEqual([
      '0',
      '0',
      '0',
      '0',
    ]);
    expect(shown.says).toContain('nothing untidy');
  });
});

describe('the comment overlay', () => {
  test('fades what repeats the code and keeps what tells something bright', async () => {
    const shown = await draw('comment-overlay', await recorded('comment-overlay'));
    expect([parts(shown, 'restating').length, parts(shown, 'telling').length]).toEqual([10, 3]);
    expect(parts(shown, 'restating').every((one) => one.querySelector('.x-struck') !== null)).toBe(true);
    expect(parts(shown, 'telling').every((one) => one.querySelector('.x-struck') === null)).toBe(true);
    expect(words(shown)).toContain('The paper form in the patient');
    expect(rowsOf(shown)).toHaveLength(13);
  });
});

describe('the nesting mountain', () => {
  test('is as high as the deepest line, against one axis for both sides', async () => {
    const evidence = await recorded('nesting-mountain');
    const flat: Evidence = { kind: 'outline', functions: [part('flat', [0, 1, 0])], limits: LIMITS };
    const [deep, now] = [
      await draw('nesting-mountain', evidence, [flat]),
      await draw('nesting-mountain', [flat], evidence),
    ];
    expect(deep.texts).toContain('limit 3');
    expect(deep.svg.querySelectorAll('.x-fail-box')).toHaveLength(1);
    expect(now.svg.querySelectorAll('.x-fail-box')).toHaveLength(0);
    expect(axisOf(deep)).toEqual(axisOf(now));
    expect(axisOf(now)).toEqual(['6', '4', '2', '0'].toReversed());
    expect(deep.figure).toBe('6 levels deep, complexity 29');
  });
});

describe('the call map', () => {
  test('draws each function as large as it has lines, and an arrow for each call', async () => {
    const small = { ...part('agePoints', [0, 0, 0, 0, 0]), complexity: 2 };
    const calling = { ...part('report', [0, 0]), calls: ['agePoints', 'agePoints', 'report', 'elsewhere'] };
    const now: Evidence = { kind: 'outline', functions: [calling, small], limits: LIMITS };
    const evidence = await recorded('call-map');
    const [before, after] = [
      await draw('call-map', evidence, [now]),
      await draw('call-map', [now], evidence),
    ];
    expect(after.svg.querySelectorAll('.x-arrow')).toHaveLength(1);
    expect([
      before.svg.querySelectorAll('.x-fail-box').length,
      after.svg.querySelectorAll('.x-fail-box').length,
    ]).toEqual([1, 0]);
    const area = (shown: Shown, at = 0) =>
      Number(parts(shown, 'function')[at]?.querySelector('rect')?.getAttribute('width')) ** 2;
    expect(area(before) / area(after, 1)).toBeCloseTo(126 / 5, 0);
    expect(before.says).toContain('facilityReport with 64');
  });
});

/** The numbers along the axis of the first row of mountains. */
const axisOf = ({ svg }: Shown) =>
  svg
    .querySelectorAll('text[x="18"]')
    .slice(0, 4)
    .map(({ textContent }) => textContent.trim());
