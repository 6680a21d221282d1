import { type Examination, ok, warning } from './diagnosis.ts';
import { findProgram, outputOf } from './program.ts';

/** Used to bring shipped files back when the copy under `.workshop` is gone, and by you. */
export const examineGit: Examination = {
  id: 'git',
  title: 'git',
  async examine({ root, environment, platform }, signal) {
    const program = await findProgram('git', { environment, platform });
    if (program === null)
      return warning('not found; backups work without it', INSTALL[platform] ?? INSTALL_ELSEWHERE);
    const run = (...args: string[]) => outputOf(program, ['-C', root, ...args], { environment, signal });
    const [version, inside] = await Promise.all([
      run('--version'),
      run('rev-parse', '--is-inside-work-tree'),
    ]);
    const number = /\d+\.\d+(\.\d+)?/.exec(version ?? '')?.[0];
    if (number === undefined)
      return warning('does not start; backups work without it', INSTALL[platform] ?? INSTALL_ELSEWHERE);
    if (inside?.trim() === 'true') return ok(`${number}, and this folder is a repository`);
    return warning(
      `${number}, but this folder is no repository (or git distrusts it): your fixes have no history`,
      INIT,
    );
  },
};

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'xcode-select --install',
  win32: 'winget install Git.Git',
};
const INSTALL_ELSEWHERE = 'sudo apt install git';
const INIT = 'git init';
