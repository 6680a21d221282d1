// Sends a page's forms without leaving it. When that fails, what the server said is shown beside the button.

/** @param {() => Promise<void>} renew */
export function sendQuietly(renew) {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-action')) return;
    event.preventDefault();
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    void send(form, renew).finally(() => form.removeAttribute('aria-busy'));
  });
}

/** @param {HTMLFormElement} form @param {() => Promise<void>} renew */
async function send(form, renew) {
  // The form's own token: the page's may be from before the workshop was started again.
  const { token, ...fields } = Object.fromEntries(new FormData(form));
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Guide-Token': String(token) },
      body: JSON.stringify(fields),
    });
    if (!response.ok) return announce(form, await problemText(response));
    form.querySelector('.action-problem')?.remove();
    const place = response.headers.get('location') ?? '';
    if (place.split('#')[0] !== location.pathname) location.assign(place);
    else await renew();
  } catch {
    announce(form, 'The workshop does not answer. Is it still running in your terminal?');
  }
}

/** @param {Response} response */
async function problemText(response) {
  if (!response.headers.get('content-type')?.includes('json'))
    return (await response.text()).split('\n(')[0] ?? '';
  const { message, remedy } = await response.json();
  return `${message} What helps: ${remedy}`;
}

/** @param {HTMLFormElement} form @param {string} text */
function announce(form, text) {
  form.querySelector('.action-problem')?.remove();
  const note = document.createElement('p');
  note.className = 'action-problem';
  note.setAttribute('role', 'alert');
  note.textContent = text;
  form.append(note);
}
