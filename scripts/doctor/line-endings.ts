import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { surveyApp } from '../../store/workspace/file-tree.ts';
import { type Examination, ok, warning } from './diagnosis.ts';
import { findProgram, outputOf } from './program.ts';

export const examineLineEndings: Examination = {
  id: 'line-endings',
  title: 'Line endings',
  async examine({ root, environment, platform }, signal) {
    const { files } = await surveyApp(root);
    const texts = new Map([...files].map(([path, { bytes }]) => [path, bytes]));
    const carriage = withCarriageReturns(texts);
    if (carriage.length > 0) {
      const shown = carriage.slice(0, 3).join(', ');
      const more = carriage.length > 3 ? ` and ${carriage.length - 3} more` : '';
      return warning(`CRLF in ${shown}${more}; shipped files end their lines with LF`, REPAIR);
    }
    const program = await findProgram('git', { environment, platform });
    const set =
      program === null
        ? null
        : await outputOf(program, ['-C', root, 'config', 'core.autocrlf'], { environment, signal });
    if (set?.trim() !== 'true') return ok('LF');
    const attributes = await readFile(join(root, '.gitattributes'), 'utf8').catch(() => '');
    if (/^\* .*\beol=lf\b/m.test(attributes))
      return ok('LF (core.autocrlf is true; .gitattributes overrides it here)');
    return warning(
      'core.autocrlf is true and .gitattributes is gone, so a checkout would write CRLF',
      ATTRIBUTES,
    );
  },
};

/** Paths of the text files with a CRLF in them. */
export function withCarriageReturns(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files].filter(([, bytes]) => !bytes.includes(0) && bytes.includes('\r\n')).map(([path]) => path);
}

const REPAIR = 'npm run doctor -- --mend-line-endings';
const ATTRIBUTES = 'git checkout -- .gitattributes';
