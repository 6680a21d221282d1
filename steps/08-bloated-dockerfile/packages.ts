import { packageOf } from '../../harness/layers/run/commands/packages.ts';
import type { Layer } from '../../harness/layers/image/stage.ts';
import type { Run } from '../../harness/run.ts';
import { eachImage, type Image } from './images.ts';
import { developmentPackage, isPackageList, isTool } from './waste.ts';

/** No tools of the desk and no lists of packages in what ships. */
export async function packages(run: Run): Promise<void> {
  await eachImage(run, (image) => {
    for (const [index, layer] of image.model.layers.entries()) {
      tools(run, image, layer);
      lists(run, image, layer, image.model.layers.slice(index + 1));
    }
  });
}

/** Development dependencies in what ships. */
export async function developmentDependencies(run: Run): Promise<void> {
  await eachImage(run, (image) => {
    for (const [index, layer] of image.model.layers.entries()) {
      const found = [...layer.files.keys()].flatMap((path) => {
        const name = developmentPackage(image, path);
        return name === null ? [] : [{ name, path }];
      });
      const [first] = found;
      if (first === undefined) continue;
      const hidden = image.model.layers.slice(index + 1).some((later) => later.hidden.has(first.path));
      run.report({
        ruleId: 'image/dev-dependencies',
        message: `Line ${layer.line} leaves development dependencies in the image: ${found
          .map(({ name }) => name)
          .slice(0, 4)
          .join(', ')}.`,
        tried: 'Read which packages of package.json lie in the layers of the final image.',
        expected: 'Only what stands under "dependencies".',
        observed: hidden
          ? 'A later layer deletes them: it hides them, and their bytes still ship.'
          : `They lie in ${first.path.replace(/\/node_modules\/.*/, '/node_modules')}.`,
        why: 'Compilers and type packages are most of node_modules, and the running clinic never opens them.',
        location: { file: image.file, line: layer.line },
      });
    }
  });
}

function tools(run: Run, { file, final }: Image, layer: Layer): void {
  const names = [...layer.files.keys()].filter(isTool).flatMap((path) => packageOf(path) ?? []);
  const forHealth = names.filter(
    (name) =>
      (name === 'curl' || name === 'wget') && new RegExp(`\\b${name}\\b`).test(final.healthcheck ?? ''),
  );
  const rest = names.filter((name) => !forHealth.includes(name));
  const location = { file, line: layer.line };
  if (forHealth.length > 0)
    run.report({
      ruleId: 'image/health-tool',
      level: 'note',
      message: `${forHealth.join(', ')} is there for the health check alone; Node can ask /healthz by itself.`,
      why: 'It brings libraries of its own, to be pulled and patched with the rest.',
      location,
    });
  if (rest.length === 0) return;
  run.report({
    ruleId: 'image/tools-kept',
    message: `The image carries ${rest.join(', ')}, which the clinic never calls.`,
    tried: 'Read which packages lie in the layers of the final image.',
    expected: 'What the clinic runs on, and nothing for a person at a keyboard.',
    observed: `Installed in line ${layer.line} and shipped.`,
    why: 'They are most of the image, and the first thing an intruder looks for.',
    location,
  });
}

function lists(run: Run, { file }: Image, layer: Layer, later: readonly Layer[]): void {
  const path = [...layer.files.keys()].find(isPackageList);
  if (path === undefined) return;
  const cleaned = later.find(({ hidden }) => hidden.has(path));
  run.report({
    ruleId: 'image/cache-in-layer',
    message: `The lists that line ${layer.line} downloads are part of the image.`,
    tried: 'Read what each layer of the final image adds.',
    expected:
      'Lists and caches are removed in the same RUN that brings them, or lie in a cache mount, or are never kept.',
    observed:
      cleaned === undefined
        ? 'Nothing removes them.'
        : `Line ${cleaned.line} deletes them one layer too late: a layer never gives back what an earlier one holds.`,
    why: 'Twenty megabytes that nobody can use, in every copy of the image.',
    location: { file, line: layer.line },
  });
}
