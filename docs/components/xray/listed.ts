/** The first few, and how many more: `a; b; c; and 4 more`. */
export function listed(texts: readonly string[], most = 6): string {
  const shown = texts.slice(0, most).map((text) => (text.length > 120 ? `${text.slice(0, 120)}…` : text));
  const left = texts.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}
