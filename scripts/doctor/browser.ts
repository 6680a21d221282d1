import { release } from 'node:os';
import { openerOf } from '../daemon/open-browser.ts';
import { type Examination, ok, warning } from './diagnosis.ts';
import { findProgram } from './program.ts';

/** Whether `npm start` can open the guide by itself. */
export const examineBrowser: Examination = {
  id: 'browser',
  title: 'Browser',
  async examine({ environment, platform, ports }) {
    const open = `Open http://localhost:${ports.guide} yourself after \`npm start\`.`;
    const [command = ''] = openerOf(platform);
    if ((await findProgram(command, { environment, platform })) === null)
      return warning(`${command} is not found, so nothing opens by itself`, open);
    const hasWindows = platform !== 'linux' || DISPLAYS.some((name) => (environment[name] ?? '') !== '');
    if (!hasWindows && !/microsoft/i.test(release()))
      return warning('this computer shows no windows, so nothing opens by itself', open);
    return ok(`opened by ${command}`);
  },
};

const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER'];
