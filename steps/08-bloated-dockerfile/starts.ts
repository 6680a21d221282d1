import { checkStart, type StartCheck } from '../../harness/layers/start/check-start.ts';
import type { Run } from '../../harness/run.ts';
import { eachImage, type Image, images } from './images.ts';
import { undecided } from './undecided.ts';

/** The image still starts the clinic, and the clinic can be reached in it. */
export async function starts(run: Run): Promise<void> {
  const { compose } = await run.once(images);
  if (compose !== null && compose.clinic === null && compose.problem === null)
    run.report({
      ruleId: 'image/not-in-compose',
      message: `${compose.file} does not build the clinic any more.`,
      expected: 'A service with `build:`.',
      observed: `Services: ${compose.services.join(', ')}.`,
      why: '`docker compose up` would start something else than what is in this folder, or nothing.',
      location: { file: compose.file },
    });
  await eachImage(run, (image) => {
    const check = checkStart(image.final, image.service);
    for (const problem of check.problems)
      run.report({
        ruleId: 'image/cannot-start',
        message: `The container can't start: ${problem}.`,
        tried: 'Look for the start command, its files and their packages in the final image.',
        expected: 'All of them are there.',
        observed: problem,
        why: 'A small image that does not run is no improvement.',
        location: { file: image.file, line: check.line },
      });
    if (check.problems.length > 0) return;
    reachable(run, image, check);
    notes(run, image, check);
    if (check.unknown !== null) throw undecided(image, `whether the container starts: ${check.unknown}`);
  });
}

/** The clinic listens on loopback unless HOST says otherwise, and loopback of a container is nobody else's. */
function reachable(run: Run, { final, service, file }: Image, { start, line }: StartCheck): void {
  const host =
    start?.environment.get('HOST') ?? service?.environment.get('HOST') ?? final.environment.get('HOST');
  const byDefault = /HOST'\]\s*\?\?\s*'127\.0\.0\.1'/.test(run.sources.text('app/src/settings.ts') ?? '');
  const loopback = host === undefined ? byDefault : host === null || /^(127\.|localhost|::1)/.test(host);
  if (!loopback) return;
  run.report({
    ruleId: 'image/cannot-be-reached',
    message: 'Inside of the container the clinic listens on loopback, so nobody outside reaches it.',
    expected: 'HOST=0.0.0.0 in the image or in the compose file.',
    observed:
      host === undefined ? 'HOST is set nowhere, and the clinic takes 127.0.0.1.' : `HOST=${host ?? ''}`,
    why: 'A container has a loopback of its own: a published port never arrives there.',
    location: { file, line },
  });
}

function notes(run: Run, { file }: Image, { shellForm, start, line }: StartCheck): void {
  const location = { file, line };
  if (shellForm)
    run.report({
      ruleId: 'image/shell-form',
      level: 'note',
      message: 'A shell is process 1, so the signal to stop does not reach the clinic: `["node", …]` does.',
      why: 'Docker waits ten seconds and then kills it, in the middle of whatever it was doing.',
      location,
    });
  else if (start?.viaNpm === true)
    run.report({
      ruleId: 'image/npm-start',
      level: 'note',
      message: 'npm is process 1 and passes signals on late or not at all; `node` can be started itself.',
      why: 'A clinic that is not told to stop is killed, in the middle of whatever it was doing.',
      location,
    });
}
