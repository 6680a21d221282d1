import { describe, expect, test } from 'vitest';
import { parseFacilitatorNotes } from '../../store/facilitator-notes.ts';
import { headedSections } from '../../store/headed-sections.ts';
import { refusal } from './refusal.ts';

const FILE = 'steps/04-comments/facilitator.md';
const NOTES = '# Notes\n\n## Say\n\nOne.\n\n## Ask\nTwo?\n\n## Watch for\n- Three\n\n## Timing\nFour.\n';

describe('sections under headings', () => {
  test('end at the next heading, and not at one inside code', () => {
    const text = 'intro\n## One\n\n```md\n## code\n```\n\n## Two\nb\n### Three\nc\n';
    expect(headedSections(text)).toEqual([
      { heading: 'One', body: '```md\n## code\n```', text: '## One\n\n```md\n## code\n```' },
      { heading: 'Two', body: 'b\n### Three\nc', text: '## Two\nb\n### Three\nc' },
    ]);
    expect(headedSections('no heading')).toEqual([]);
  });
});

describe("a facilitator's notes", () => {
  test('are four sections', () => {
    expect(parseFacilitatorNotes(NOTES, FILE)).toEqual({
      say: 'One.',
      ask: 'Two?',
      watchFor: '- Three',
      timing: 'Four.',
    });
  });

  test('that lack one, or have another order, say what was expected and what was found', async () => {
    const without = NOTES.replace('## Watch for\n- Three\n\n', '');
    expect(await refusal(() => parseFacilitatorNotes(without, FILE))).toMatchInlineSnapshot(`
      "STEP_TEXT_INVALID
      steps/04-comments/facilitator.md is not as it should be: expected the sections "## Say", "## Ask", "## Watch for", "## Timing", in this order, found "## Say", "## Ask", "## Timing".
      > Correct steps/04-comments/facilitator.md, then run \`npm run author verify\`."
    `);
    const turned = NOTES.replace('## Say', '## Timing').replace('## Timing\nFour', '## Say\nFour');
    expect(await refusal(() => parseFacilitatorNotes(turned, FILE))).toContain('found "## Timing", "## Ask"');
    expect(await refusal(() => parseFacilitatorNotes('', FILE))).toContain('found none');
  });

  test('with nothing under a heading are refused', async () => {
    expect(await refusal(() => parseFacilitatorNotes(NOTES.replace('Two?', ''), FILE))).toContain(
      'expected a text under "## Ask", found nothing',
    );
  });
});
