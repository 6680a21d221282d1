import { pathToFileURL } from 'node:url';

/**
 * A module by its absolute path. Among compiled programs this file is another one, which knows what was compiled with
 * them (`launch/compile.js`): a step and the judge must mean the same harness.
 */
export const moduleAt = (file: string): Promise<unknown> => import(pathToFileURL(file).href);
