import { type Examination, ok, warning } from './diagnosis.ts';
import { findProgram, outputOf } from './program.ts';

/** Nothing needs it; who has it may build the images of steps 8 and 10 for real. */
export const examineDocker: Examination = {
  id: 'docker',
  title: 'Docker',
  async examine({ environment, platform }, signal) {
    const program = await findProgram('docker', { environment, platform });
    if (program === null) return ok('not installed, and not needed');
    const answer = await outputOf(program, ['version', '--format', '{{.Server.Version}}'], {
      environment,
      signal,
    });
    if (answer !== null && /^\d/.test(answer)) return ok(answer.trim());
    const remedy = platform === 'linux' ? 'sudo systemctl start docker' : 'Start Docker Desktop.';
    return warning(
      'installed, but its engine does not answer (only `npm run check 8 -- --docker` needs it)',
      remedy,
    );
  },
};
