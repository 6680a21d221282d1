import { parseSync } from 'oxc-parser';

/** What a module needs when it runs: imports and exports of values, not of types. */
export function importSpecifiers(source: string): string[] {
  const { module } = parseSync('module.ts', source);
  const imports = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some((entry) => !entry.isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.isType || entry.moduleRequest === null ? [] : [entry.moduleRequest.value],
    ),
  );
  return [...new Set([...imports, ...exports])];
}

/** The packages among them, without Node's own modules. */
export const importedPackages = (source: string): string[] =>
  importSpecifiers(source).flatMap((each) => packageName(each) ?? []);

export function packageName(specifier: string): string | null {
  if (/^[./]|^node:/.test(specifier) || isBuiltin(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const isBuiltin = (specifier: string) => BUILTIN.has(specifier.split('/')[0] ?? '');

const BUILTIN = new Set([
  'assert',
  'buffer',
  'child_process',
  'cluster',
  'crypto',
  'dns',
  'events',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'os',
  'path',
  'process',
  'querystring',
  'readline',
  'stream',
  'string_decoder',
  'timers',
  'tls',
  'tty',
  'url',
  'util',
  'v8',
  'vm',
  'worker_threads',
  'zlib',
]);
