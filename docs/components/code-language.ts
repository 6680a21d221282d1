/** The grammar for a file, by its name; '' for one that is shown plain. */
export function languageOfFile(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  if (name.startsWith('Dockerfile')) return 'dockerfile';
  return LANGUAGES[/\.(\w+)$/.exec(name)?.[1] ?? ''] ?? '';
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ts: 'ts',
  js: 'js',
  json: 'json',
  sql: 'sql',
  yml: 'yaml',
  yaml: 'yaml',
  css: 'css',
  html: 'html',
  sh: 'sh',
};
