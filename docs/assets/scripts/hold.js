// A verdict that gets shorter must not pull the text below it up under the reader's eyes: the box keeps the height it
// had until it is scrolled out of sight, where browsers that anchor the scroll place absorb the difference.

/** @param {HTMLElement} place around the box; the stylesheet reads `--held` as the least height of the box */
export function holdHeight(place) {
  const box = place.firstElementChild;
  if (!(box instanceof HTMLElement)) return;
  place.style.setProperty('--held', `${box.getBoundingClientRect().height}px`);
}

/** @param {HTMLElement} place */
export function releaseUnseen(place) {
  const release = () => place.style.removeProperty('--held');
  addEventListener('resize', release);
  if (!CSS.supports('overflow-anchor', 'auto')) return;
  new IntersectionObserver(([entry]) => {
    if (entry !== undefined && !entry.isIntersecting) release();
  }).observe(place);
}
