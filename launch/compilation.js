import { createHash } from 'node:crypto';

/**
 * What was compiled, and from what. Paths are from the workshop's root, with `/`.
 * @typedef {object} Compilation
 * @property {string} root Where the sources were: they know their own place, and a folder can be moved.
 * @property {readonly string[]} steps What the judge can be asked for.
 * @property {Readonly<Record<string, string>>} sources The digest of each.
 * @property {Readonly<Record<string, string>>} outputs The digest of each.
 * @property {Readonly<Record<string, string>>} programs The file to run, by its source.
 */

/** @param {Uint8Array | string} content */
export const digestOf = (content) => createHash('sha256').update(content).digest('base64');

export const HOME = '.workshop/compiled';
export const KEPT = `${HOME}/kept.json`;
