// System, light, dark, and round again. theme.js has set the attribute already.

/** @param {Document} page */
export function themeButton(page) {
  const button = page.querySelector('[data-theme-button]');
  const word = page.querySelector('[data-theme-word]');
  if (!(button instanceof HTMLButtonElement) || word === null) return;
  const root = page.documentElement;
  const show = () => {
    const name = NAMES[root.dataset['theme'] ?? 'system'] ?? 'System';
    word.textContent = name;
    button.setAttribute('aria-label', `Theme: ${name}`);
  };
  button.addEventListener('click', () => {
    const next = NEXT[root.dataset['theme'] ?? 'system'] ?? 'system';
    if (next === 'system') {
      delete root.dataset['theme'];
      localStorage.removeItem('guide-theme');
    } else {
      root.dataset['theme'] = next;
      localStorage.setItem('guide-theme', next);
    }
    show();
  });
  show();
  button.hidden = false;
}

/** @type {Record<string, string>} */
const NAMES = { system: 'System', light: 'Light', dark: 'Dark' };
/** @type {Record<string, string>} */
const NEXT = { system: 'light', light: 'dark', dark: 'system' };
