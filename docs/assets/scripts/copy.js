// A copy button for each block of code. Removed lines and prompts are not what anybody wants to paste.

/** @param {ParentNode} root */
export function addCopyButtons(root) {
  for (const block of root.querySelectorAll('[data-code]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy button';
    button.setAttribute('data-look', 'plain');
    button.textContent = 'Copy';
    const name = block.querySelector('figcaption')?.textContent ?? 'this code';
    button.setAttribute('aria-label', `Copy ${name}`);
    block.append(button);
  }
}

export function copyOnClick() {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button.copy') : null;
    const block = button?.closest('[data-code]');
    if (button instanceof HTMLButtonElement && block) void copy(block, button);
  });
}

/** @param {Element} block @param {HTMLButtonElement} button */
async function copy(block, button) {
  const lines = [...block.querySelectorAll('.line')].filter((line) => line.localName !== 'del');
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(lines.map((line) => line.textContent).join(''));
  } catch {
    said = 'Select and copy by hand';
  }
  button.textContent = said;
  const announcer = document.querySelector('[data-announcer]');
  if (announcer !== null) announcer.textContent = said;
  setTimeout(() => {
    button.textContent = 'Copy';
    if (announcer !== null) announcer.textContent = '';
  }, 2000);
}
