import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { z } from 'zod';
import { broken, type Examination, ok } from './diagnosis.ts';

/** The range stands in package.json and nowhere else. */
export const examineNode: Examination = {
  id: 'node',
  title: 'Node.js',
  async examine({ root, nodeVersion }) {
    const { engines } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    if (satisfies(nodeVersion, engines.node)) return ok(nodeVersion);
    return broken(`${nodeVersion}, and ${engines.node} is needed`, INSTALL);
  },
};

const manifest = z.object({ engines: z.object({ node: z.string() }) });
const INSTALL = 'Install Node.js 24 from https://nodejs.org, then run: npm ci';
