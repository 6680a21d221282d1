import type { Response } from 'express';
import { currentDoctor } from './sessions.ts';

/** Text that is already safe to put into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Builds a piece of a page; every value is escaped, other pieces are put in as they are. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + render(parts[index - 1]) + string));
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Sends a whole page; the status is 200 unless the caller has set another. */
export function sendPage(response: Response, title: string, content: Html): void {
  response.type('html').send(layout(response, title, content).text);
}

/** Sends a page that says what went wrong. `error` is a short stable name for `data-error`. */
export function sendError(response: Response, status: number, error: string, message: string): void {
  response.status(status);
  sendPage(
    response,
    message,
    html`<article class="narrow card">
      <p class="overline">${status}</p>
      <h1 data-error="${error}">${message}</h1>
      <p><a href="/facilities">Back to the facilities</a></p>
    </article>`,
  );
}

/** A message above a form that was refused. */
export function formError(error: string, message: string): Html {
  return html`<p class="message" role="alert" data-error="${error}">${message}</p>`;
}

export function fields(entries: readonly (readonly [field: string, label: string, value: Part])[]): Html {
  return html`<dl class="facts">
    ${entries.map(
      ([field, label, value]) => html`<div>
        <dt>${label}</dt>
        <dd data-field="${field}">${value}</dd>
      </div>`,
    )}
  </dl>`;
}

function layout(response: Response, title: string, content: Html): Html {
  const doctor = currentDoctor(response);
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · Clinic Desk</title>
    <link rel="stylesheet" href="/style.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <aside class="banner" aria-label="About this application" data-banner="training">
      <strong>Training application.</strong> Synthetic patients, known flaws. Never enter anything about a real person.
    </aside>
    <header class="top">
      <a class="brand" href="/facilities">Clinic Desk</a>
      ${
        doctor &&
        html`<nav aria-label="Main">
            <a href="/facilities">Facilities</a>
            <a href="/patients/search">Patients</a>
          </nav>
          <form class="session" method="post" action="/logout">
            <span data-field="signed-in" data-doctor-id="${doctor.id}">${doctor.name}</span>
            <button class="quiet">Log out</button>
          </form>`
      }
    </header>
    <main>${content}</main>
  </body>
</html>
`;
}
