// Paper can't be unfolded: everything is open while printing, and as it was afterwards. Of the findings only those that the
// reader had opened: the evidence of twenty fills forty pages.

export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details')].filter(
      // The clinic is not of this page.
      (details) => !details.open && !details.matches('[data-pane], .finding'),
    );
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}
