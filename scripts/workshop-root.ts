import { fileURLToPath } from 'node:url';

/** The folder with package.json, wherever the command was typed. Without a slash at the end. */
export const workshopRoot = (): string => fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
