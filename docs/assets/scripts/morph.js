// Makes one element's content like another's with as few changes as possible: what stays the same keeps its focus, its
// scroll place, its selection and what was folded open, and is not announced again.

/** @param {Element} old @param {Element} fresh */
export function morph(old, fresh) {
  const kept = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const key = next instanceof Element ? keyOf(next) : null;
    const same = key === null ? firstAlike(at, next) : (kept.get(key) ?? null);
    if (same === null) {
      old.insertBefore(next, at);
      continue;
    }
    // Moving an element would take the focus from it, so what stands in between goes instead, if nobody keeps it.
    while (at !== null && at !== same && !(at instanceof Element && keyOf(at) !== null)) at = removed(at);
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    update(same, next);
  }
  while (at !== null) at = removed(at);
}

/**
 * Text is only ever matched in its place: looked for further on, it would cost the elements in between.
 * @param {Node | null} from @param {Node} wanted
 */
function firstAlike(from, wanted) {
  if (!(wanted instanceof Element)) return from !== null && isAlike(from, wanted) ? from : null;
  for (let node = from; node !== null; node = node.nextSibling) {
    if (isAlike(node, wanted)) return node;
  }
  return null;
}

/** @param {ChildNode} node @returns {ChildNode | null} what came after it */
function removed(node) {
  const after = node.nextSibling;
  node.remove();
  return after;
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
