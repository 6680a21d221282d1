import type { Evidence, Statement } from '../../../model/evidence.ts';
import { duration } from '../clock.ts';
import { count } from '../count.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { exactText, shortened } from '../scrolling.ts';

type Statements = Extract<Evidence, { kind: 'statements' }>;
type Mark = Statements['marks'][number];

/** The SQL that one request caused, in order, with the text that came from outside marked. */
export function statements(evidence: Statements): Html {
  const shown = evidence.statements.slice(0, MOST_STATEMENTS);
  const left = evidence.statements.length - shown.length;
  return html`<div class="evidence">
    <p class="evidence-title">
      ${count(evidence.statements.length, 'statement')} caused by <code>${evidence.request}</code>
    </p>
    <ol class="statements" role="list">
      ${shown.map((statement, index) => item(evidence, statement, index))}
    </ol>
    ${left > 0 && html`<p class="left-out">${count(left, 'more statement')} not shown.</p>`}
  </div>`;
}

function item(evidence: Statements, statement: Statement, index: number): Html {
  const own = evidence.marks.filter((mark) => mark.statement === index);
  const marks = own.filter((mark) => mark.parameter === undefined);
  const tree = evidence.trees?.find((candidate) => candidate.statement === index);
  return html`<li>
    <p class="statement-facts"><span class="number">${index + 1}</span> ${facts(statement)}</p>
    ${exactText(`Statement ${index + 1}`, markedText(statement.sql, marks))} ${legend(statement.sql, marks)}
    ${statement.parameters.length > 0 && parameters(statement.parameters, own)}
    ${
      statement.error !== null &&
      html`<p class="statement-error">Error ${statement.error.code}: ${statement.error.message}</p>`
    }
    ${tree !== undefined && trees(tree)}
  </li>`;
}

/** What each mark is, in words, under the statement. */
function legend(sql: string, marks: readonly Mark[]): HtmlValue {
  return marks.map(
    ({ start, end, label }) =>
      html`<p class="legend">
        <mark>${shortened(sql.slice(start, end), LONGEST_PARAMETER)}</mark> ${label}
      </p>`,
  );
}

function facts(statement: Statement): string {
  return [count(statement.rows, 'row'), duration(statement.milliseconds)].join(', ');
}

function parameters(values: readonly (string | null)[], marks: readonly Mark[]): Html {
  const text = (value: string, index: number): HtmlValue => {
    const own = marks.filter(({ parameter }) => parameter === index);
    return value.length > LONGEST_PARAMETER ? shortened(value, LONGEST_PARAMETER) : markedText(value, own);
  };
  const one = (value: string | null, index: number): Html =>
    html`<li>
      <code>$${index + 1} = ${value === null ? 'NULL' : html`'${text(value, index)}'`}</code>
    </li>`;
  return html`<ul class="parameters" role="list" aria-label="Parameters">
    ${values.map(one)}
  </ul>`;
}

function trees({ tree, twin }: { tree: string; twin: string }): Html {
  return html`<details>
    <summary>How PostgreSQL reads it</summary>
    <div class="pair">
      <div>
        <p class="evidence-title">This statement</p>
        ${exactText('This statement', shortened(tree))}
      </div>
      <div>
        <p class="evidence-title">The same with harmless input</p>
        ${exactText('The same with harmless input', shortened(twin))}
      </div>
    </div>
  </details>`;
}

/** Marks outside the text, empty ones and those that begin inside an earlier one are passed over: better no mark than a wrong one. */
export function markedText(text: string, marks: readonly Mark[]): HtmlValue {
  const pieces: HtmlValue[] = [];
  let at = 0;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const end = Math.min(mark.end, text.length);
    if (mark.start < at || mark.start >= end) continue;
    pieces.push(text.slice(at, mark.start), html`<mark>${text.slice(mark.start, end)}</mark>`);
    at = end;
  }
  return [...pieces, shortened(text.slice(at))];
}

const MOST_STATEMENTS = 20;
const LONGEST_PARAMETER = 200;
