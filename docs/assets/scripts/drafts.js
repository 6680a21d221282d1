// What is typed and not saved stays: through a renewal of the page, a save that fails, a load, a closed window.

/** @param {Document | Element} root takes up what was typed on an earlier visit */
export function restoreDrafts(root) {
  for (const area of areasIn(root)) {
    const draft = read(area);
    if (draft !== null && area.value === area.defaultValue) area.value = draft;
    show(area);
  }
}

/** Keeps drafts while they are typed. */
export function keepDrafts() {
  document.addEventListener('input', (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.hasAttribute('data-draft'))
      show(event.target);
  });
}

/**
 * Before a part of the page is renewed. The returned function, called after, shows what is saved now wherever nobody was
 * writing: a field that was ever touched does not follow its markup by itself.
 * @param {Element} root @returns {() => void}
 */
export function holdDrafts(root) {
  const clean = areasIn(root).filter((area) => area.value === area.defaultValue);
  const choices = [...root.querySelectorAll('input[type="radio"]')].filter(
    (input) => input instanceof HTMLInputElement,
  );
  const isChosen = choices.some((input) => input.checked !== input.defaultChecked);
  const chosen = choices.find((input) => input.checked)?.value;
  return () => {
    for (const area of clean) area.value = area.defaultValue;
    const saved = choices.find((input) => input.defaultChecked)?.value;
    if (!isChosen || saved === chosen) for (const input of choices) input.checked = input.defaultChecked;
    restoreDrafts(root);
  };
}

/** @param {Document | Element} root */
function areasIn(root) {
  return [...root.querySelectorAll('textarea[data-draft]')].filter(
    (area) => area instanceof HTMLTextAreaElement,
  );
}

/** Says whether it is saved, and keeps it while it is not. @param {HTMLTextAreaElement} area */
function show(area) {
  const isDraft = area.value.trimEnd() !== area.defaultValue.trimEnd();
  const form = area.form;
  form?.querySelector('[data-unsaved]')?.toggleAttribute('hidden', !isDraft);
  form?.querySelector('[data-saved]')?.toggleAttribute('hidden', isDraft);
  try {
    if (isDraft) localStorage.setItem(keyOf(area), area.value);
    else localStorage.removeItem(keyOf(area));
  } catch {
    // A browser that keeps nothing still has it in the field.
  }
}

/** @param {HTMLTextAreaElement} area @returns {string | null} */
function read(area) {
  try {
    return localStorage.getItem(keyOf(area));
  } catch {
    return null;
  }
}

/** @param {HTMLTextAreaElement} area */
function keyOf(area) {
  return `draft ${area.getAttribute('data-draft')}`;
}
