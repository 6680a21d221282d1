// The search as a dialog. It shows what the page /search shows; a question that is newer ends the older one.
import { createDialog, fragment } from './dialog.js';

export function searchDialog() {
  const { dialog, body, open, close } = createDialog('Search', 'search-dialog');
  const form = document.createElement('form');
  form.action = '/search';
  form.setAttribute('role', 'search');
  const field = document.createElement('input');
  Object.assign(field, {
    type: 'search',
    name: 'q',
    className: 'field',
    autocomplete: 'off',
    spellcheck: false,
  });
  field.placeholder = 'Search the guide';
  field.setAttribute('aria-label', 'Search the guide');
  form.append(field);
  const results = document.createElement('div');
  results.className = 'search-results';
  body.append(form, results);

  let shown = '';
  let asking = new AbortController();
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const query = field.value;
    try {
      results.replaceChildren(
        ...(await fragment(`/search/results?q=${encodeURIComponent(query)}`, asking.signal)),
      );
      shown = query;
    } catch {
      if (!asking.signal.aborted) results.textContent = UNREACHED;
    }
  };
  const links = () => [...results.querySelectorAll('a')];

  field.addEventListener('input', () => void ask());
  form.addEventListener('submit', (event) => {
    const first = links()[0];
    if (first === undefined || shown !== field.value) return;
    event.preventDefault();
    first.click();
  });
  results.addEventListener('click', (event) => {
    // A link within the page that is open loads nothing.
    if (event.target instanceof Element && event.target.closest('a') !== null) close();
  });
  dialog.addEventListener('keydown', (event) => {
    // A search field would keep Escape for itself, to be emptied.
    if (event.key === 'Escape') return leave(event, close);
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const stops = [field, ...links()];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    stops[(at + step + stops.length) % stops.length]?.focus();
  });
  return () => {
    open();
    field.select();
    void ask();
  };
}

/** @param {Event} event @param {() => void} close */
function leave(event, close) {
  event.preventDefault();
  close();
}

/** @type {Record<string, number>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const UNREACHED = 'The workshop does not answer. Is it still running in your terminal?';
