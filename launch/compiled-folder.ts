/**
 * The folder of what was compiled and runs now, for what is made by it and is as good as it: both go when a source or a
 * package changes. `null` where the sources run. Among compiled programs this file is another one (`launch/compile.js`).
 */
export const compiledFolder = (): string | null => null;
