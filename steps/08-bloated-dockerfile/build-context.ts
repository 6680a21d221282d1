import { lineageOf } from '../../harness/layers/image/stage.ts';
import type { Run } from '../../harness/run.ts';
import { eachImage, type Image } from './images.ts';
import { isFromTheDesk } from './waste.ts';

/** Only what the image needs comes out of the folder. */
export async function buildContext(run: Run): Promise<void> {
  await eachImage(run, (image) => {
    const { model, file } = image;
    const ships = new Set(lineageOf(image.final));
    for (const stage of model.reached)
      for (const layer of stage.layers) {
        const [first, ...more] = [...layer.files]
          .filter(([, node]) => isFromTheDesk(node))
          .map(([path]) => path);
        if (first === undefined || layer.keyword === 'RUN') continue;
        const where = ships.has(stage) ? 'into the image' : `into the stage ${stage.name || stage.index}`;
        run.report({
          ruleId: 'image/whole-folder',
          message: `${layer.keyword} in line ${layer.line} takes ${what([first, ...more])} from your folder ${where}.`,
          tried:
            'Build in a folder that has .git, node_modules, a log and a .env in it, as every folder has after a while.',
          expected:
            'None of it reaches a stage: a `.dockerignore` keeps it out, or COPY names what is needed.',
          observed: [first, ...more].slice(0, 4).join(', '),
          why: 'The whole history ships with the image, and node_modules of another system breaks what npm installs in it.',
          location: { file, line: layer.line },
        });
      }
    notes(run, image);
  });
}

function notes(run: Run, { model, file }: Image): void {
  const { input, sent } = model;
  if (input.ignore === null || sent.has('.git/HEAD') || sent.has('node_modules/express/index.js'))
    run.report({
      ruleId: 'image/ignore-file',
      level: 'note',
      message:
        'Without a `.dockerignore` that names .git and node_modules, the next `COPY . .` takes them along.',
      why: 'It also sends them to the builder each time, which makes every build slower.',
      location: { file: 'app/.dockerignore' },
    });
  const spare = model.layers.flatMap((layer) =>
    [...layer.files].flatMap(([path, { origin }]) =>
      origin.kind === 'context' && NOT_NEEDED.test(origin.path) ? [{ path, line: layer.line }] : [],
    ),
  );
  const [some] = spare;
  if (some !== undefined)
    run.report({
      ruleId: 'image/spare-files',
      level: 'note',
      message: `The running clinic does not need ${spare
        .slice(0, 3)
        .map(({ path }) => path)
        .join(', ')}.`,
      why: 'A change in them makes a new layer, which every machine pulls again.',
      location: { file, line: some.line },
    });
}

const what = (paths: readonly string[]) =>
  [
    ...new Set(
      paths.map((path) => /(\.git|node_modules|npm-debug\.log|\.env)(\/|$)/.exec(path)?.[1] ?? path),
    ),
  ].join(', ');

const NOT_NEEDED = /^(Dockerfile|docker-compose|README|tests?\/|docs\/|\.dockerignore)/;
