// Times in the reader's own time zone: inside a container the server's may be another.

/** @param {ParentNode} root */
export function localTimes(root) {
  for (const element of root.querySelectorAll('time[data-clock]')) {
    const date = new Date(element.getAttribute('datetime') ?? '');
    if (Number.isNaN(date.getTime())) continue;
    const text = date.toLocaleTimeString('en-GB');
    if (element.textContent !== text) element.textContent = text;
  }
}
