// Times in the reader's own time zone: inside a container the server's may be another.

/** @param {ParentNode} root */
export function localTimes(root) {
  for (const element of root.querySelectorAll('time[data-clock]')) {
    const date = new Date(element.getAttribute('datetime') ?? '');
    if (Number.isNaN(date.getTime())) continue;
    const text = textOf(date, element.getAttribute('data-clock') ?? '');
    if (element.textContent !== text) element.textContent = text;
  }
}

/** @param {Date} date @param {string} kind `day`, `since`, or nothing for the time of day */
function textOf(date, kind) {
  if (kind === '') return date.toLocaleTimeString('en-GB');
  const day = date.toLocaleDateString('en-GB', { dateStyle: 'long' });
  const time = date.toLocaleTimeString('en-GB', { timeStyle: 'short' });
  if (kind === 'day') return `${day}, ${time}`;
  return date.toDateString() === new Date().toDateString() ? `at ${time}` : `on ${day} at ${time}`;
}
