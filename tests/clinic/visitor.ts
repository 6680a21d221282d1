import { type HTMLElement, parse } from 'node-html-parser';

export interface Page {
  readonly status: number;
  readonly location: string | null;
  readonly type: string;
  readonly text: string;
  readonly html: HTMLElement;
  /** Short name of the refusal, as `data-error` gives it. */
  readonly error: string | null;
}

/** Somebody with a browser: keeps the session cookie, follows no redirect. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Page>;
  readonly cookie: string;
}

export function createVisitor(url: string, session = ''): Visitor {
  let cookie = session;
  const send = async (path: string, init: RequestInit): Promise<Page> => {
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(url + path, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie())
      cookie = (set.split(';')[0] ?? '').replace(/^\w+=$/, '');
    const text = await response.text();
    const html = parse(text);
    return {
      status: response.status,
      location: response.headers.get('location'),
      type: response.headers.get('content-type') ?? '',
      text,
      html,
      error: html.querySelector('[data-error]')?.getAttribute('data-error') ?? null,
    };
  };
  return {
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers }),
    get cookie() {
      return cookie;
    },
  };
}

/** Logs in with the password of the demonstration. */
export async function logIn(url: string, email: string): Promise<Visitor> {
  const visitor = createVisitor(url);
  const page = await visitor.post('/login', { email: `${email}@clinic.example`, password: 'second-opinion' });
  if (page.status !== 303) throw new Error(`${email} could not log in: ${page.status} ${page.error}`);
  return visitor;
}

/** Ids of the records of one kind in a page or a part of it, in their order. */
export function idsOf(within: HTMLElement, kind: 'patient' | 'facility' | 'doctor' | 'note'): number[] {
  return within
    .querySelectorAll(`[data-${kind}-id]`)
    .map((one) => Number(one.getAttribute(`data-${kind}-id`)));
}

/** The record of that kind and id. */
export function recordOf(page: Page, kind: string, id: number): HTMLElement {
  const found = page.html.querySelector(`main [data-${kind}-id="${id}"]`);
  if (found === null) throw new Error(`The page shows no ${kind} ${id}:\n${page.text}`);
  return found;
}

/** The text of a fact of a record; throws when the record does not show it. */
export function factOf(record: HTMLElement, field: string): string {
  return fieldOf(record, field).text.trim().replace(/\s+/g, ' ');
}

export function fieldOf(record: HTMLElement, field: string): HTMLElement {
  const found = record.querySelector(`[data-field="${field}"]`);
  if (found === null) throw new Error(`No ${field} in:\n${record.toString()}`);
  return found;
}
