// Makes one element's content like another's with as few changes as possible: what stays the same keeps its focus, its
// scroll place, its selection and what was folded open, and is not announced again.

/** @param {Element} old @param {Element} fresh */
export function morph(old, fresh) {
  const kept = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same =
      next instanceof Element && keyOf(next) ? kept.get(keyOf(next)) : at && isAlike(at, next) ? at : null;
    if (same === null || same === undefined) {
      old.insertBefore(next, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    update(same, next);
  }
  while (at !== null) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
}

/** @param {Node} old @param {Node} fresh */
function update(old, fresh) {
  if (old instanceof Element && fresh instanceof Element) {
    if (old.isEqualNode(fresh) || old.hasAttribute('data-stream')) return;
    updateAttributes(old, fresh);
    morph(old, fresh);
  } else if (old.nodeValue !== fresh.nodeValue) {
    old.nodeValue = fresh.nodeValue;
  }
}

/** @param {Element} old @param {Element} fresh */
function updateAttributes(old, fresh) {
  // What becomes the first finding unfolds, as it would on a new page.
  if (fresh.hasAttribute('data-first') && !old.hasAttribute('data-first')) old.setAttribute('open', '');
  for (const { name } of [...old.attributes]) {
    // Whether something is folded open is the reader's choice once it is there.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value && name !== 'open') old.setAttribute(name, value);
  }
}

/** @param {Node} a @param {Node} b */
function isAlike(a, b) {
  if (a.nodeName !== b.nodeName) return false;
  return (
    !(a instanceof Element && b instanceof Element) || (keyOf(a) === keyOf(b) && a.className === b.className)
  );
}

/** @param {Element} element */
function keyOf(element) {
  return element.getAttribute('data-key');
}
