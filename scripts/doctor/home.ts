import { access, constants, stat } from 'node:fs/promises';
import { type Examination, ok, warning } from './diagnosis.ts';

/** npm, git and the browser keep their settings there; the workshop itself does not need one. */
export const examineHome: Examination = {
  id: 'home',
  title: 'Home folder',
  async examine({ environment, platform }) {
    const name = platform === 'win32' ? 'USERPROFILE' : 'HOME';
    const home = environment[name] ?? '';
    const remedy = REMEDIES[platform] ?? FROM_PASSWD;
    if (home === '') return warning(`${name} is not set; npm and git need it`, remedy);
    const found = await stat(home).catch(() => null);
    if (found?.isDirectory() !== true) return warning(`${name} names a folder that does not exist`, remedy);
    const writable = await access(home, constants.W_OK).then(
      () => true,
      () => false,
    );
    return writable
      ? ok('there, and may be written to')
      : warning(`${name} may not be written to; npm needs it`, remedy);
  },
};

const FROM_PASSWD = 'export HOME="$(getent passwd "$(id -u)" | cut -d: -f6)"';
const REMEDIES: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'set USERPROFILE=%SystemDrive%\\Users\\%USERNAME%',
  darwin: 'export HOME="/Users/$(id -un)"',
};
