import { type Html, html } from './html.ts';

/** A time of day on the server's clock, which is the learner's own; the browser writes it again in its time zone. */
export function clock(iso: string): Html {
  const date = new Date(iso);
  const text = Number.isNaN(date.getTime()) ? iso : TIME.format(date);
  return html`<time datetime="${iso}" data-clock>${text}</time>`;
}

/** `340 ms` below a second, `1.4 s` above. */
export function duration(milliseconds: number): string {
  if (milliseconds < 10 && !Number.isInteger(milliseconds)) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
