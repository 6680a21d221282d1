// Runs before the first paint, so that a chosen theme never flashes. It sets one attribute; the stylesheet does the rest.
{
  try {
    const chosen = localStorage.getItem('guide-theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
  } catch {
    // A browser that keeps nothing shows the system's theme.
  }
}
