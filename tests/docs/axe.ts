import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/**
 * Rule and place of each breach of WCAG 2.2 A and AA, and of axe's good practices; or only of the rules that are named.
 * What is inside a frame is not the guide's.
 */
export async function axe(page: Page, rules?: readonly string[]): Promise<string[]> {
  const only = rules === undefined ? TAGS : { type: 'rule', values: rules };
  // Evaluated and not added as a script, which the page's policy would refuse.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(await source());
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>(`axe.run(document, { runOnly: ${JSON.stringify(only)}, iframes: false, resultTypes: ['violations'] })`);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
  );
}

function source(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
