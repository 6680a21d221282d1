// A native dialog over the page: it keeps the focus, Escape closes it, and a click beside it does.

/**
 * @param {string} title
 * @param {string} name for the stylesheet
 * @returns {{ dialog: HTMLDialogElement, body: HTMLElement, open: () => void, close: () => void }}
 */
export function createDialog(title, name) {
  const dialog = document.createElement('dialog');
  dialog.className = `dialog ${name}`;
  dialog.setAttribute('aria-label', title);
  const body = document.createElement('div');
  body.className = 'dialog-body';
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button dialog-close';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.append(body, close);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return {
    dialog,
    body,
    open: () => {
      if (!dialog.open) dialog.showModal();
    },
    close: () => dialog.close(),
  };
}

/**
 * A piece of a page that the server rendered and escaped.
 * @param {string} path @param {AbortSignal} [signal]
 */
export async function fragment(path, signal) {
  const response = await fetch(path, { cache: 'no-store', signal: signal ?? null });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return [...page.body.childNodes];
}
