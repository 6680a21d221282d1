import { broken, type Examination, ok, warning } from './diagnosis.ts';
import { findProgram, outputOf } from './program.ts';

/** The one that started us says so in its user agent; else the one on PATH. */
export const examineNpm: Examination = {
  id: 'npm',
  title: 'npm',
  async examine({ environment, platform }, signal) {
    const agent = environment['npm_config_user_agent'] ?? '';
    const [, starter = '', started = ''] = /^(\w+)\/(\S+)/.exec(agent) ?? [];
    if (starter !== '' && starter !== 'npm')
      return warning(`started by ${starter}, whose packages may differ from those of package-lock.json`, CI);
    const version = started === '' ? await installedVersion() : started;
    if (version === null) return broken('not found on PATH', INSTALL);
    if (Number.parseInt(version, 10) >= OLDEST) return ok(version);
    return broken(`${version}, and ${OLDEST} or newer is needed to read package-lock.json`, INSTALL);

    async function installedVersion(): Promise<string | null> {
      const program = await findProgram('npm', { environment, platform });
      const answer =
        program === null ? null : await outputOf(program, ['--version'], { environment, signal });
      return answer?.trim() ?? null;
    }
  },
};

/** The first that reads version 3 of the lock. */
const OLDEST = 7;
const CI = 'npm ci';
const INSTALL = 'Install Node.js 24 from https://nodejs.org; npm comes with it.';
