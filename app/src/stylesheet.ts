/** Kept in a module so that the compiled application carries it along. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f4f7f7, #12171a);
  --sheet: light-dark(#ffffff, #1a2125);
  --tint: light-dark(#eef4f4, #20292e);
  --line: light-dark(#dbe4e5, #2c373d);
  --control: light-dark(#75858a, #81939a);
  --text: light-dark(#1b272b, #e4eaec);
  --muted: light-dark(#52636a, #a2b1b7);
  --accent: light-dark(#0b6570, #7cd0d8);
  --on-accent: light-dark(#ffffff, #0c2226);
  --danger: light-dark(#a3271f, #ff9f97);
  --danger-tint: light-dark(#fdeeec, #391c1a);
  --warn: light-dark(#6f4600, #f2c76f);
  --warn-tint: light-dark(#fdf3dd, #302509);
  --shadow: light-dark(0 1px 2px rgb(20 50 60 / 8%), none);
}

* { box-sizing: border-box; }
dl, dd, form, ul, ol, p { margin: 0; }
ul, ol { padding: 0; list-style: none; }

body {
  margin: 0;
  background: var(--paper);
  color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}

h1, h2 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { margin: 0; font-size: 1.75rem; letter-spacing: -0.01em; }
h2 { margin: 0 0 0.75rem; font-size: 1.125rem; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code { font: 0.875em/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }

.banner {
  padding: 0.5rem 1.5rem;
  background: var(--warn-tint);
  color: var(--warn);
  font-size: 0.875rem;
  text-align: center;
}

.top {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 2rem;
  padding: 0.875rem max(1.5rem, calc((100% - 68rem) / 2));
  background: var(--sheet);
  border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: 0.625rem; color: var(--text); font-weight: 600; text-decoration: none; }
.brand::before {
  content: '';
  width: 1.5rem;
  height: 1.5rem;
  border-radius: 6px;
  background:
    linear-gradient(var(--on-accent), var(--on-accent)) center / 0.875rem 0.25rem no-repeat,
    linear-gradient(var(--on-accent), var(--on-accent)) center / 0.25rem 0.875rem no-repeat,
    var(--accent);
}
.top nav { display: flex; gap: 1.5rem; }
.top nav a { color: var(--muted); text-decoration: none; }
.top nav a:hover { color: var(--text); text-decoration: underline; }
.session { display: flex; align-items: center; gap: 0.75rem; margin-inline-start: auto; color: var(--muted); font-size: 0.9375rem; }

main { max-width: 71rem; margin: 0 auto; padding: 2rem 1.5rem 5rem; }
main > * + *, article > * + * { margin-top: 1.5rem; }
section { margin-top: 2.5rem; }
main > .crumbs + section { margin-top: 1.5rem; }
.narrow { max-width: 34rem; margin-inline: auto; }
.narrow > section { margin-top: 0; }
.narrow > section + section { margin-top: 1.5rem; }
section > .heading + * { margin-top: 1.5rem; }
.crumbs { margin-bottom: -1rem; font-size: 0.9375rem; }
.crumbs a::before { content: '← '; }
.muted, .overline { color: var(--muted); font-size: 0.9375rem; }
.card > .muted, .notes .muted { margin-top: 0.5rem; font-size: 0.875rem; }
.prose { white-space: pre-line; max-width: 40rem; }

.card {
  padding: 1.25rem 1.5rem;
  background: var(--sheet);
  border: 1px solid var(--line);
  border-radius: 10px;
  box-shadow: var(--shadow);
}
.aside { padding: 0 1.5rem; color: var(--muted); font-size: 0.9375rem; }
.aside h2 { margin-bottom: 0.25rem; color: var(--text); font-size: 0.9375rem; }
.aside ul { margin-top: 0.75rem; }
.aside li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding: 0.25rem 0; }
.narrow.card > * + *, section.card > h1 + *, section.card > .message + * { margin-top: 1rem; }

.heading { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }

.table { padding: 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
th, td { padding: 0.75rem 1rem; text-align: start; vertical-align: top; }
th:first-child, td:first-child { padding-inline-start: 1.5rem; }
th:last-child, td:last-child { padding-inline-end: 1.5rem; }
thead th { background: var(--tint); color: var(--muted); font-size: 0.8125rem; font-weight: 500; white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--tint); }
tbody th { font-weight: 500; }
tbody tr:target { background: var(--warn-tint); }
.number { text-align: end; }
[data-field='birth-date'] { white-space: nowrap; }
td time { display: block; color: var(--muted); font-size: 0.8125rem; }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem 2rem; }
.facts dt { color: var(--muted); font-size: 0.8125rem; }

.chips { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.chips > * {
  padding: 0.125rem 0.75rem;
  background: var(--tint);
  border: 1px solid var(--line);
  border-radius: 1rem;
  font-size: 0.9375rem;
  text-decoration: none;
}
.notes { display: grid; gap: 0.75rem; }
section > .muted + .notes, section > form + .notes { margin-top: 1rem; }
.rows li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; }
.rows li + li { margin-top: 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
.split { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 1rem 2rem; }

.stacked { display: grid; gap: 1rem; justify-items: start; }
.stacked label { width: 100%; }
.inline { display: flex; flex-wrap: wrap; align-items: end; gap: 1rem; }
.inline label { flex: 1 1 12rem; }
.inline label.short { flex: 0 1 7rem; }
label { color: var(--muted); font-size: 0.875rem; }
label small { color: var(--muted); font-size: 0.8125rem; }
input, select, textarea {
  display: block;
  width: 100%;
  margin-top: 0.25rem;
  padding: 0.5rem 0.75rem;
  background: var(--sheet);
  border: 1px solid var(--control);
  border-radius: 6px;
  color: var(--text);
  font: inherit;
  font-size: 1rem;
}
input, select { height: 2.625rem; }
textarea { resize: vertical; }

button, .button {
  display: inline-flex;
  align-items: center;
  min-height: 2.625rem;
  padding: 0 1.125rem;
  background: var(--accent);
  border: 1px solid var(--accent);
  border-radius: 6px;
  color: var(--on-accent);
  font: inherit;
  font-size: 0.9375rem;
  font-weight: 500;
  text-decoration: none;
  white-space: nowrap;
  cursor: pointer;
}
button:hover, .button:hover { filter: brightness(1.08); text-decoration: none; }
.quiet { background: transparent; border-color: var(--line); color: var(--accent); }
.quiet:hover { background: var(--tint); filter: none; }
.danger { color: var(--danger); }
.danger:hover { background: var(--danger-tint); }
.session button, .rows button { min-height: 2rem; padding: 0 0.75rem; font-size: 0.875rem; }

.message {
  padding: 0.625rem 0.875rem;
  background: var(--danger-tint);
  border-inline-start: 4px solid var(--danger);
  border-radius: 4px;
  color: var(--danger);
}
.message::before { content: '! '; font-weight: 600; }
.stacked > .message { width: 100%; }

@media (max-width: 40rem) {
  main { padding-inline: 1rem; }
  .card:not(.table) { padding: 1rem; }
  .session { margin-inline-start: 0; width: 100%; justify-content: space-between; }
}

@media print {
  :root { color-scheme: light; }
  .top, form, .actions { display: none; }
}
`;
