import { describe, expect, test } from 'vitest';
import { DRAWINGS, KIND_OF_DRAWING } from '../../model/xray.ts';
import { draw, hostile, recordedSteps } from './xray-fixture.ts';

const EVIL = '</svg><script>alert(1)</script><image href=x onerror="alert(2)">\'"&';

describe('the picture of each step, as recorded', async () => {
  const steps = await recordedSteps();

  test.each(steps.map(({ step, evidence }) => [step.slug, step, evidence] as const))(
    '%s says what it is to whoever does not see it',
    async (_slug, step, evidence) => {
      const { svg, title, says, figure } = await draw(step.xray?.drawing ?? 'call-map', evidence);
      const [root] = svg.querySelectorAll('svg');
      expect(root?.getAttribute('role')).toBe('img');
      expect(root?.getAttribute('aria-labelledby')).toBe('x-title x-says');
      expect(svg.querySelector('#x-title')?.textContent).toBe(title);
      expect(svg.querySelector('#x-says')?.textContent).toBe(says);
      expect(says).toMatch(/\.$/);
      expect(figure.length).toBeLessThanOrEqual(42);
    },
  );

  test.each(steps.map(({ step, evidence }) => [step.slug, step, evidence] as const))(
    '%s has no colour of its own, no style, and stays inside of itself',
    async (_slug, step, evidence) => {
      const { markup, svg, width, height } = await draw(step.xray?.drawing ?? 'call-map', evidence);
      expect(markup).not.toMatch(/style=|#[0-9a-f]{3,6}\b|rgb\(|NaN|undefined|Infinity/);
      for (const rect of svg.querySelectorAll('rect')) {
        const [x, y, wide, tall] = ['x', 'y', 'width', 'height'].map((name) =>
          Number(rect.getAttribute(name)),
        );
        expect(Math.min(x ?? -1, y ?? -1, wide ?? -1, tall ?? -1)).toBeGreaterThanOrEqual(-8);
        if (rect.closest('[transform]') !== null) continue;
        expect((x ?? 0) + (wide ?? 0)).toBeLessThanOrEqual(width + 1);
        expect((y ?? 0) + (tall ?? 0)).toBeLessThanOrEqual(height + 1);
      }
    },
  );

  test.each(steps.map(({ step, evidence }) => [step.slug, step, evidence] as const))(
    '%s is the same each time it is drawn',
    async (_slug, step, evidence) => {
      const drawing = step.xray?.drawing ?? 'call-map';
      const first = await draw(drawing, evidence);
      expect((await draw(drawing, evidence)).markup).toBe(first.markup);
    },
  );
});

describe('text of a learner', () => {
  test.each(DRAWINGS)('never becomes markup in %s', async (drawing) => {
    const { svg, markup, table, texts } = await draw(drawing, [hostile(KIND_OF_DRAWING[drawing], EVIL)]);
    expect(markup.match(/<\/svg>/g)).toHaveLength(1);
    expect(svg.querySelector('script, image')).toBeNull();
    expect(table.toString()).not.toContain('<script>');
    expect(texts.join(' ')).toContain('<');
  });

  test.each(DRAWINGS)('is cut in %s when it is long, and whole in the table', async (drawing) => {
    const long = `begin ${'loooong'.repeat(60)} end`;
    const { svg, table } = await draw(drawing, [hostile(KIND_OF_DRAWING[drawing], long)]);
    for (const text of svg.querySelectorAll('text')) {
      text.querySelector('title')?.remove();
      expect(text.textContent.trim().length).toBeLessThanOrEqual(105);
    }
    expect(table.toString()).toContain('loooong'.repeat(30));
  });

  test.each(DRAWINGS)('may be missing altogether in %s', async (drawing) => {
    expect((await draw(drawing, [])).markup).toContain('<svg');
    expect((await draw(drawing, [hostile(KIND_OF_DRAWING[drawing], '')])).markup).not.toContain('NaN');
  });
});
