import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Assets, loadAssets } from '../../docs/server/assets.ts';
import { openGuide } from './guide-fixture.ts';

const text = ({ files }: Assets, name: string) => files.get(name)?.body.toString() ?? '';

describe('what a page loads', () => {
  test('stays within 12 kB of CSS and 15 kB of JavaScript, compressed', async () => {
    const assets = await loadAssets();
    const sizes = { css: 0, js: 0 };
    for (const [name, { body }] of assets.files) {
      if (name.endsWith('.css')) sizes.css += gzipSync(body).byteLength;
      if (name.endsWith('.js')) sizes.js += gzipSync(body).byteLength;
    }
    expect(sizes.css).toBeGreaterThan(1000);
    expect(sizes.css).toBeLessThanOrEqual(12_000);
    expect(sizes.js).toBeGreaterThan(1000);
    expect(sizes.js).toBeLessThanOrEqual(15_000);
  });

  test('asks no other host for anything', async () => {
    const assets = await loadAssets();
    for (const [name, { body }] of assets.files) {
      expect(body.toString().replaceAll('http://www.w3.org/2000/svg', ''), name).not.toMatch(
        /https?:\/\/|@import|url\(/,
      );
    }
  });

  test('is kept for ever under a path that changes with its content', async () => {
    const { ask } = await openGuide();
    const path = (await ask('/')).page.querySelector('link[rel="stylesheet"]')?.getAttribute('href') ?? '';
    const { status, headers } = await ask(path);
    expect([status, headers['cache-control'], headers['content-type']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'text/css; charset=utf-8',
    ]);
    expect((await ask(path.replace(/assets\/./, 'assets/-'))).status).toBe(404);
  });

  test('is JavaScript that the type checker accepts', async () => {
    const run = promisify(execFile);
    await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'docs/assets']);
  });

  test('imports only modules that are served beside it', async () => {
    const { files } = await loadAssets();
    const imported = [...files].flatMap(([name, { body }]) =>
      name.endsWith('.js')
        ? [...body.toString().matchAll(/from '\.\/([^']+)'/g)].map((match) => match[1] ?? '')
        : [],
    );
    expect(imported.length).toBeGreaterThan(5);
    expect(imported.filter((name) => !files.has(name))).toEqual([]);
  });
});

describe('the stylesheet', () => {
  test('defines every custom property that it uses, once, and uses every one that it defines', async () => {
    const css = text(await loadAssets(), 'guide.css');
    const defined = [...css.matchAll(/(?<=[\s{;])(--[\w-]+)\s*:/g)].map((match) => match[1] ?? '');
    const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? ''));
    // The script sets this one; the stylesheet has a default beside each use.
    const known = new Set([...defined, '--held']);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
    expect(defined.filter((name) => !used.has(name))).toEqual([]);
    const root = css.slice(0, css.indexOf('}'));
    const inRoot = [...root.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1] ?? '');
    expect(inRoot.length).toBeGreaterThan(40);
    expect(inRoot.filter((name, index) => inRoot.indexOf(name) !== index)).toEqual([]);
  });

  test('holds the contrast that was promised, to its first decimal, in light and in dark', async () => {
    const colours = rolesOf(text(await loadAssets(), 'guide.css'));
    for (const theme of ['light', 'dark'] as const) {
      const ratio = (front: string, back: string) => contrast(colours(front, theme), colours(back, theme));
      expect(ratio('text', 'bg'), theme).toBeGreaterThanOrEqual(theme === 'light' ? 15.15 : 14.45);
      expect(ratio('muted', 'bg'), theme).toBeGreaterThanOrEqual(6.45);
      expect(ratio('muted', 'bg-alt'), theme).toBeGreaterThanOrEqual(5.7);
      for (const name of ['pass', 'fail', 'warn', 'running']) {
        expect(ratio(name, `${name}-bg`), `${name} ${theme}`).toBeGreaterThanOrEqual(5.7);
        expect(ratio(name, 'bg'), `${name} ${theme}`).toBeGreaterThanOrEqual(5.7);
        expect(ratio('text', `${name}-bg`), `text on ${name} ${theme}`).toBeGreaterThanOrEqual(7);
        expect(ratio('muted', `${name}-bg`), `muted on ${name} ${theme}`).toBeGreaterThanOrEqual(4.5);
      }
      for (const name of ['code-keyword', 'code-string', 'code-constant', 'code-function', 'link']) {
        for (const back of ['bg', 'bg-alt', 'pass-bg', 'fail-bg', 'running-bg']) {
          expect(ratio(name, back), `${name} on ${back} ${theme}`).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(ratio('on-link', 'link'), theme).toBeGreaterThanOrEqual(4.5);
      expect(ratio('control', 'bg'), theme).toBeGreaterThanOrEqual(3);
      expect(ratio('link', 'bg'), theme).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('computes contrast as the guidelines do', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test('moves nothing for readers who asked for no motion, and nothing longer than 150 ms', async () => {
    const css = text(await loadAssets(), 'guide.css');
    const outside = css.replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}\n/, '');
    expect(outside).not.toMatch(/transition|animation/);
    const durations = [...css.matchAll(/(\d+)ms/g)].map((match) => Number(match[1]));
    expect(Math.max(...durations)).toBeLessThanOrEqual(150);
  });

  test('never takes the focus ring away but from the page’s main part', async () => {
    const css = text(await loadAssets(), 'guide.css');
    const without = [...css.matchAll(/([^{}]+)\{[^{}]*outline:\s*(?:none|0)/g)].map((match) =>
      match[1]?.trim(),
    );
    expect(without).toEqual(['main:focus']);
  });
});

/** `light-dark(var(--a), var(--b))` of a role, down to its two colours. */
function rolesOf(css: string) {
  return (role: string, theme: 'light' | 'dark'): string => {
    const match = new RegExp(`--${role}: light-dark\\(var\\(--([\\w-]+)\\), var\\(--([\\w-]+)\\)\\)`).exec(
      css,
    );
    const primitive = (theme === 'light' ? match?.[1] : match?.[2]) ?? '';
    const colour = new RegExp(`--${primitive}: (#[0-9a-f]{6});`).exec(css)?.[1];
    if (colour === undefined) throw new Error(`--${role} has no ${theme} colour`);
    return colour;
  };
}

function contrast(front: string, back: string): number {
  const [lighter = 0, darker = 0] = [luminance(front), luminance(back)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
