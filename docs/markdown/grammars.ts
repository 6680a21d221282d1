import type { LanguageInput } from 'shiki/core';

/** How to load the grammar of a language, by the name that authors write; `undefined` leaves plain text. */
export function grammarOf(language: string): LanguageInput | undefined {
  return Object.hasOwn(GRAMMARS, language) ? GRAMMARS[language] : undefined;
}

const GRAMMARS: Readonly<Record<string, LanguageInput>> = {
  ...named(() => import('shiki/dist/langs/typescript.mjs'), 'ts', 'typescript'),
  ...named(() => import('shiki/dist/langs/javascript.mjs'), 'js', 'javascript'),
  ...named(() => import('shiki/dist/langs/json.mjs'), 'json'),
  ...named(() => import('shiki/dist/langs/sql.mjs'), 'sql'),
  ...named(() => import('shiki/dist/langs/bash.mjs'), 'sh', 'bash', 'shell'),
  ...named(() => import('shiki/dist/langs/docker.mjs'), 'docker', 'dockerfile'),
  ...named(() => import('shiki/dist/langs/yaml.mjs'), 'yaml', 'yml'),
  ...named(() => import('shiki/dist/langs/html.mjs'), 'html'),
  ...named(() => import('shiki/dist/langs/css.mjs'), 'css'),
  ...named(() => import('shiki/dist/langs/http.mjs'), 'http'),
  ...named(() => import('shiki/dist/langs/dotenv.mjs'), 'dotenv'),
  ...named(() => import('shiki/dist/langs/diff.mjs'), 'diff'),
};

function named(load: LanguageInput, ...names: readonly string[]): Readonly<Record<string, LanguageInput>> {
  return Object.fromEntries(names.map((name) => [name, load]));
}
