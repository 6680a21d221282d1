import { type Html, html } from './html.ts';

/** A day and a time, the same wherever it is rendered; the browser writes it again in the reader's time zone. */
export function moment(iso: string): Html {
  return html`<time datetime="${iso}" data-clock="day">${momentText(iso)}</time>`;
}

/** `3 March 2026, 14:03 UTC`. */
export function momentText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${DAY.format(date)}, ${MINUTE.format(date)} UTC`;
}

/** `at 14:03`, and the day with it when that is not today. */
export function since(iso: string): Html {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return html`${iso}`;
  const time = HERE_MINUTE.format(date);
  const isToday = HERE_DAY.format(date) === HERE_DAY.format(new Date());
  const text = isToday ? `at ${time}` : `on ${HERE_DAY.format(date)} at ${time}`;
  return html`<time datetime="${iso}" data-clock="since">${text}</time>`;
}

/** `25 min`, `1 h 5 min`; less than a minute is said so. */
export function timeSpent(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes === 0) return 'under a minute';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : '']
    .filter((part) => part !== '')
    .join(' ');
}

const LONG_DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = new Intl.DateTimeFormat('en-GB', { ...LONG_DAY, timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { ...TIME, timeZone: 'UTC' });
const HERE_DAY = new Intl.DateTimeFormat('en-GB', LONG_DAY);
const HERE_MINUTE = new Intl.DateTimeFormat('en-GB', TIME);
