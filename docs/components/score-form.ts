import type { Level } from '../../model/event.ts';
import type { StepProgress } from '../../model/progress.ts';
import { type Html, html } from './html.ts';
import { since } from './moment.ts';

export interface ScoreView {
  readonly slug: string;
  readonly token: string;
  /** What an engineer of each level would say, rendered. */
  readonly levels: readonly { readonly level: Level; readonly text: Html }[];
  readonly score: StepProgress['score'];
}

/** The rubric, and beside each level the choice of it. */
export function scoreForm({ slug, token, levels, score }: ScoreView): Html {
  return html`<form class="score" method="post" action="/steps/${slug}/score" data-action>
    <input type="hidden" name="token" value="${token}" />
    <fieldset>
      <legend>My answers come nearest to those of</legend>
      ${levels.map(
        ({ level, text }) =>
          html`<div class="level">
            <label>
              <input
                type="radio"
                name="level"
                value="${level}"
                required
                ${score?.level === level && html`checked`}
                aria-describedby="level-${level}"
              />
              ${LEVEL_NAMES[level]}
            </label>
            <div class="level-text" id="level-${level}">${text}</div>
          </div>`,
      )}
    </fieldset>
    <div class="answer-foot">
      <button class="button" data-look="plain">Save my score</button>
      <p class="quiet" role="status">
        ${score !== null && html`Saved as ${LEVEL_NAMES[score.level].toLowerCase()} ${since(score.at)}`}
      </p>
    </div>
  </form>`;
}

export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  junior: 'A junior engineer',
  'mid-level': 'A mid-level engineer',
  senior: 'A senior engineer',
};
