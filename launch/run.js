import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compiledPrograms } from './compiled.js';

// Starts a program of ours: `node launch/run.js scripts/cli.ts check 7`. What runs was compiled from the sources as they
// are at this moment. Where that can't be done or kept, tsx runs the sources themselves: later, and the same.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [program = '', ...words] = process.argv.slice(2);
const source = join(root, program);
process.argv.splice(1, Infinity, source, ...words);
process.setSourceMapsEnabled(true);

const programs = await compiledPrograms(root).catch(() => null);
const compiled = programs?.get(program);
if (compiled === undefined) (await import('tsx/esm/api')).register();
await import(pathToFileURL(compiled ?? source).href);
