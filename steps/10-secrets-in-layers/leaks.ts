import type { Leak } from '../../harness/layers/leaks.ts';
import { lineageOf } from '../../harness/layers/image/stage.ts';
import type { Run } from '../../harness/run.ts';
import { images, leaking } from './images.ts';
import { refuseGuessing, refuseLeaks, type Told } from './places.ts';

/** No layer of the image holds a secret, however a later one covers it. */
export async function layers(run: Run): Promise<void> {
  await refuseLeaks(run, ['layer'], inLayer);
  await notesOnStages(run);
  await refuseGuessing(run);
}

/** Neither environment, labels and command of the image nor its history. */
export async function configuration(run: Run): Promise<void> {
  await refuseLeaks(run, ['config', 'history'], (leak) =>
    leak.where === 'config' ? inConfig(leak) : inHistory(leak),
  );
}

/** Nor what the build prints. */
export async function output(run: Run): Promise<void> {
  await refuseLeaks(run, ['output'], inOutput);
}

const inLayer = ({ secret, place, hidden, line }: Leak): Told => ({
  ruleId: 'secrets/in-layer',
  message: `Whoever has the image can read ${secret} in ${place}.`,
  tried:
    'Put fresh values into your secret files, follow the Dockerfile, and search every file of every layer: plain, base64, hex, reversed, compressed.',
  expected: 'The values are in none of them.',
  observed: hidden
    ? `Line ${line} adds ${place}. A later layer deletes it: that hides the file, and its bytes still ship.`
    : /_logs\//.test(place)
      ? `npm writes its own command line into ${place}, also when the secret came from a perfect mount.`
      : `Line ${line} adds ${place}.`,
  why: 'An image is pulled, cached and copied by more people and machines than anybody counts. Nobody can call it back.',
});

const inConfig = ({ secret, place }: Leak): Told => ({
  ruleId: 'secrets/in-config',
  message: `${place} puts ${secret} into the image's configuration.`,
  tried: 'Read environment, labels, command and health check of the final image.',
  expected: 'Names at most, and never a value.',
  observed: `\`docker inspect\` shows it, and so does \`env\` in every container.`,
  why: 'The configuration travels with the image, and every process of the container inherits its environment.',
});

const inHistory = ({ secret, place }: Leak): Told => ({
  ruleId: 'secrets/in-history',
  message: `The history of the image shows ${secret} (${place}).`,
  tried: 'Read what `docker history --no-trunc` shows of the final image.',
  expected: 'The values are in no line of it.',
  observed:
    place === 'RUN'
      ? 'A RUN after an ARG is kept together with the value of that ARG.'
      : `The ${place} is kept as it was written.`,
  why: 'An ARG is gone when the build is over. What it was given is not.',
});

const inOutput = ({ secret }: Leak): Told => ({
  ruleId: 'secrets/in-output',
  message: `The build prints ${secret}.`,
  tried: 'Follow what each RUN prints.',
  expected: 'No value in it: also not by `set -x`, by `env`, or to standard error.',
  observed: 'It ends in the log of whatever machine builds the image.',
  why: 'Logs of builds are kept for months, and read by everybody who works on the repository.',
});

/** A secret in a stage that does not ship is no leak of the image, and still lies somewhere. */
async function notesOnStages(run: Run): Promise<void> {
  const { builds, secrets } = await run.once(images);
  await run.once(leaking);
  for (const { file, model } of builds) {
    const ships = new Set(model.final === null ? [] : lineageOf(model.final));
    for (const stage of model.stages) {
      if (ships.has(stage)) continue;
      const name = stage.name === '' ? `number ${stage.index}` : `"${stage.name}"`;
      const kept = stage.layers.find((layer) =>
        [...layer.files.values()].some(({ trace }) => trace.size > 0),
      );
      const given = [...stage.arguments].find(([, value]) => secrets.find(value).size > 0);
      const line = kept?.line ?? stage.line;
      const message = !model.reached.has(stage)
        ? `Stage ${name} is not built by BuildKit, and is by older builders: with the secret in it.`
        : given === undefined
          ? `Stage ${name} does not ship, but the build cache keeps its layers, with the secret in them. A secret mount leaves nothing.`
          : `Stage ${name} does not ship, but build records keep the value of ARG ${given[0]}. A secret mount leaves nothing.`;
      if (kept !== undefined || given !== undefined)
        run.report({
          ruleId: 'secrets/in-build-cache',
          level: 'note',
          message,
          why: 'Build caches may be shared between machines and pushed to registries, as images are.',
          location: { file, line },
        });
    }
    if (model.sent.has('.secrets'))
      run.report({
        ruleId: 'secrets/not-ignored',
        level: 'note',
        message: '`.secrets` is not in the ignore file: the next `COPY . .` takes it along.',
        why: 'One harmless line by somebody else would be enough to ship the keys.',
        location: { file: 'app/.dockerignore' },
      });
  }
}
