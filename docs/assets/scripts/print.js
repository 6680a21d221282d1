// Paper can't be unfolded: everything is open while printing, and as it was afterwards.

export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details')].filter(
      // The clinic is not of this page.
      (details) => !details.open && !details.hasAttribute('data-pane'),
    );
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}
