// Single keys for what is done often. They do nothing in a field, nothing together with another key, and can be turned off.
import { createDialog, fragment } from './dialog.js';
import { searchDialog } from './search.js';

export function listenForKeys() {
  const search = once(searchDialog);
  const help = once(helpDialog);
  const openSearch = () => search()();

  /** @type {Record<string, () => void>} */
  const keys = {
    '/': openSearch,
    '?': () => help()(),
    n: () => follow('next'),
    p: () => follow('prev'),
    l: () => location.assign('/'),
    r: () => form('check')?.requestSubmit(),
    h: () => toHint(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || event.altKey) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && !event.shiftKey && event.key.toLowerCase() === 'k') return act(event, openSearch);
    if (withControl || !isOn() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const key = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (key !== undefined) act(event, key);
  });
  document.addEventListener('click', (event) => {
    const isPlain =
      event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (isPlain && event.target instanceof Element && event.target.closest('[data-search]'))
      act(event, openSearch);
  });
  for (const list of document.querySelectorAll('[data-keys]')) list.append(keySwitch());
}

/** @param {Event} event @param {() => void} does */
function act(event, does) {
  event.preventDefault();
  does();
}

function helpDialog() {
  const { body, open } = createDialog('Keys', 'keys-dialog');
  return () => {
    open();
    void fragment('/keyboard/keys').then(
      (list) => body.replaceChildren(...list, keySwitch()),
      () => body.replaceChildren('The workshop does not answer. Is it still running in your terminal?'),
    );
  };
}

/** WCAG 2.1.4: somebody who speaks to the computer, or who brushes keys, can turn single letters off. */
function keySwitch() {
  const label = document.createElement('label');
  label.className = 'key-switch';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = isOn();
  box.addEventListener('change', () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, 'off');
  });
  label.append(box, ' Single keys are on');
  return label;
}

function isOn() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])')
  );
}

/** @param {'next' | 'prev'} relation */
function follow(relation) {
  const link = document.querySelector(`head > link[rel="${relation}"]`);
  if (link instanceof HTMLLinkElement) location.assign(link.href);
}

/** @param {string} action @returns {HTMLFormElement | null} */
function form(action) {
  return document.querySelector(`form[action$="/${action}"]`);
}

/** To the button and not pressed: a hint can't be unread. */
function toHint() {
  const button = form('hint')?.querySelector('button');
  button?.scrollIntoView({ block: 'center' });
  button?.focus({ preventScroll: true });
}

/** @template Value @param {() => Value} make @returns {() => Value} */
function once(make) {
  /** @type {Value | undefined} */
  let made;
  return () => (made ??= make());
}

const OFF = 'guide-keys';
