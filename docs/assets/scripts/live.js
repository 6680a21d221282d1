// Follows the journal over server-sent events and renews the parts of the page that a message concerns.
// Only a page that is seen holds a stream: browsers allow six connections to one host, and ten open steps would block it.
import { localTimes } from './clock.js';
import { addCopyButtons } from './copy.js';
import { holdDrafts } from './drafts.js';
import { holdHeight, releaseUnseen } from './hold.js';
import { morph } from './morph.js';

/** @returns {{ renew: () => Promise<void> }} `renew` fetches every live part again. */
export function keepUpToDate() {
  let after = document.querySelector('meta[name="guide-seq"]')?.getAttribute('content') ?? '';
  let lastHeard = Date.now();
  // Whoever was away asks for everything anew: the workshop may have been started again, with other tokens in its forms.
  let isStale = false;
  /** @type {EventSource | null} */
  let stream = null;
  const parts = [...document.querySelectorAll('[data-live]')].map((element) => livePart(element));
  /** @param {string | null} slug @param {string | null} type */
  const renew = async (slug = null, type = null) => {
    const concerned = parts.filter(
      (part) =>
        slug === null ||
        ((part.slug === null || part.slug === slug) &&
          (part.only === null || part.only.includes(type ?? ''))),
    );
    await Promise.all(concerned.map((part) => part.renew()));
    sayState();
  };

  const open = () => {
    if (stream !== null || document.visibilityState === 'hidden') return;
    stream = new EventSource(`/events?after=${after}`);
    stream.addEventListener('open', () => {
      heard();
      if (isStale) void renew();
      isStale = false;
    });
    stream.addEventListener('beat', () => heard());
    stream.addEventListener('progress', (event) => {
      after = event.lastEventId;
      heard();
      const { slug, type } = JSON.parse(event.data);
      void renew(slug, type);
    });
    stream.addEventListener('error', () => {
      isStale = true;
      if (stream?.readyState === EventSource.CLOSED) reopen();
      sayState();
    });
  };
  const close = () => {
    stream?.close();
    stream = null;
  };
  const reopen = () => {
    close();
    setTimeout(open, 1000);
  };
  const heard = () => {
    lastHeard = Date.now();
    sayState();
  };

  /** Says under the verdict whether it is live; when it is not, how old it is. */
  const sayState = () => {
    const line = document.querySelector('[data-stream]');
    if (line === null) return;
    const isLive = stream?.readyState === EventSource.OPEN && Date.now() - lastHeard < SILENCE_MS;
    const isConnecting =
      stream?.readyState === EventSource.CONNECTING && Date.now() - lastHeard < PATIENCE_MS;
    if (!isLive && isConnecting && line.hasAttribute('data-live-state')) return;
    line.setAttribute('data-live-state', isLive || isConnecting ? 'live' : 'lost');
    setText(line, isLive || isConnecting ? (line.getAttribute('data-live-text') ?? '') : lost());
  };

  /** A stream from before a sleep may look open and never say anything again; a new one says what was missed. */
  const wake = () => {
    isStale = true;
    close();
    open();
  };

  let lastTick = Date.now();
  setInterval(() => {
    const slept = Date.now() - lastTick > SLEEP_MS;
    lastTick = Date.now();
    if (slept) wake();
    else if (stream !== null && Date.now() - lastHeard > SILENCE_MS) reopen();
    sayState();
  }, 1000);
  document.addEventListener('visibilitychange', () =>
    document.visibilityState === 'hidden' ? close() : wake(),
  );
  addEventListener('online', wake);
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && wake());
  const verdict = document.getElementById('verdict');
  if (verdict !== null) releaseUnseen(verdict);
  open();
  sayState();
  return { renew };
}

/**
 * One at a time: a message during a fetch causes one fetch more, not one each.
 * @param {Element} element
 */
function livePart(element) {
  let isFetching = false;
  let isStale = false;
  const renew = async () => {
    isStale = true;
    if (isFetching) return;
    isFetching = true;
    try {
      while (isStale) {
        isStale = false;
        const response = await fetch(element.getAttribute('data-live') ?? '', { cache: 'no-store' });
        if (response.ok) replace(element, await response.text());
      }
    } catch {
      // The stream notices that the server is gone and says so; it catches up when it is back.
    } finally {
      isFetching = false;
    }
  };
  return {
    slug: element.getAttribute('data-slug'),
    // The events after which it can be another, for what is large.
    only: element.getAttribute('data-live-on')?.split(' ') ?? null,
    renew,
  };
}

/**
 * @param {Element} element
 * @param {string} markup rendered and escaped by the server
 */
function replace(element, markup) {
  const fresh = new DOMParser().parseFromString(markup, 'text/html').body;
  localTimes(fresh);
  addCopyButtons(fresh);
  if (element instanceof HTMLElement && element.id === 'verdict') holdHeight(element);
  const showSaved = holdDrafts(element);
  morph(element, fresh);
  showSaved();
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function lost() {
  const at = document.querySelector('[data-verdict-at]')?.getAttribute('data-verdict-at');
  if (!at) return 'Connection lost. Trying again.';
  return `Connection lost, last verdict ${age(Date.now() - Date.parse(at))} ago. Trying again.`;
}

/** @param {number} milliseconds */
function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 100) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

// The server is heard every 15 seconds, if only by a heartbeat.
const SILENCE_MS = 40_000;
const PATIENCE_MS = 1_500;
// A timer of a second that comes so much later: the computer slept, or the tab was frozen.
const SLEEP_MS = 5_000;
