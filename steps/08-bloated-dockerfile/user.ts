import { checkStart } from '../../harness/layers/start/check-start.ts';
import { isRoot } from '../../harness/layers/image/stage.ts';
import type { Run } from '../../harness/run.ts';
import { eachImage, type Image } from './images.ts';
import { undecided } from './undecided.ts';

/** The clinic's process is not root. */
export async function user(run: Run): Promise<void> {
  await eachImage(run, (image) => {
    const { final, file, service } = image;
    const start = checkStart(final, service).start;
    const name = start?.user ?? service?.user ?? final.user;
    const line = image.model.layers.findLast(({ keyword }) => keyword === 'USER')?.line ?? final.line;
    if (name === '' && !final.base.known) throw undecided(image, `which user ${final.base.name} runs as`);
    if (isRoot(name) || final.users?.get(name.split(':')[0] ?? '') === '0')
      return run.report(runsAsRoot(image, name, line, typeof service?.user === 'string'));
    if (typeof start?.user === 'string')
      run.report({
        ruleId: 'image/changes-user',
        level: 'note',
        message: `The container begins as root and changes to ${name}; USER would never be root at all.`,
        why: 'What runs before the change has every right, and so has whoever gets another command into it.',
        location: { file, line },
      });
    else if (isUnknown(image, name.split(':')[0] ?? ''))
      run.report({
        ruleId: 'image/cannot-start',
        message: `Nobody called "${name}" is in the image, so Docker refuses to start it.`,
        expected: 'A user that the base image has, one that a RUN makes, or a number.',
        observed: `USER ${name}; known: ${[...(final.users?.keys() ?? [])].slice(0, 6).join(', ') || 'nobody'}.`,
        why: 'The image builds without a word, and fails on the first machine that starts it.',
        location: { file, line },
      });
  });
}

function isUnknown({ final }: Image, name: string): boolean {
  if (/^\d+$/.test(name) || final.users === null || final.users.has(name) || final.blurred !== null)
    return false;
  return (
    final.files.get('/etc/passwd')?.origin.kind === 'base' || final.files.get('/etc/passwd') === undefined
  );
}

const runsAsRoot = ({ file }: Image, name: string, line: number, byCompose: boolean) => ({
  ruleId: 'image/root-user',
  message: 'The clinic runs as root.',
  tried: 'Read the user of the final image, and what compose says.',
  expected: 'A user with no rights but its own: `USER node`, a number, or one that the Dockerfile makes.',
  observed: byCompose
    ? `The compose file sets user: ${name}.`
    : name === ''
      ? 'No USER in the final stage. A USER of another stage does not count.'
      : `USER ${name}`,
  why: 'Whoever breaks into the process owns everything in the container, and has one wall less to the machine below.',
  location: { file, line },
});
