import type { ImageModel } from './build/build-image.ts';
import type { Layer } from './image/stage.ts';
import type { Trace } from './trace.ts';

/** A place in the image, or in what its build printed, where a secret can be read. */
export interface Leak {
  readonly where: 'layer' | 'config' | 'history' | 'output';
  readonly secret: string;
  readonly line: number;
  /** The file in the layer, or the setting. */
  readonly place: string;
  /** Number of the layer among those that the Dockerfile adds, from 0; `null` outside of layers. */
  readonly layer: number | null;
  /** A later layer hides the file; its bytes stay. */
  readonly hidden: boolean;
  /** `false`: something that can't be followed was made from the secret. */
  readonly certain: boolean;
}

export function findLeaks(model: ImageModel): Leak[] {
  return [...inLayers(model), ...inConfig(model), ...inHistory(model), ...inOutput(model)];
}

function inLayers({ layers }: ImageModel): Leak[] {
  const filled = layers.filter((layer) => !layer.empty);
  return filled.flatMap((layer, index) =>
    [...layer.files].flatMap(([path, { trace }]) => {
      const hidden = filled.slice(index + 1).some((later) => later.hidden.has(path));
      return leaksOf(trace, { where: 'layer', line: layer.line, place: path, layer: index, hidden });
    }),
  );
}

function inConfig({ final, layers, input }: ImageModel): Leak[] {
  if (final === null) return [];
  const lineOf = (keyword: string, name = '') =>
    layers.findLast((layer) => layer.keyword === keyword && layer.createdBy.includes(name))?.line ??
    final.line;
  const texts: [place: string, text: string, line: number][] = [
    ...[...final.environment].map(([name, value]): [string, string, number] => [
      `ENV ${name}`,
      `${name}=${value}`,
      lineOf('ENV', name),
    ]),
    ...[...final.labels].map(([name, value]): [string, string, number] => [
      `LABEL ${name}`,
      `${name}=${value}`,
      lineOf('LABEL', name),
    ]),
    ['CMD', final.command?.words.join(' ') ?? '', final.command?.line ?? 1],
    ['ENTRYPOINT', final.entrypoint?.words.join(' ') ?? '', final.entrypoint?.line ?? 1],
    ['HEALTHCHECK', final.healthcheck ?? '', lineOf('HEALTHCHECK')],
    ['USER', final.user, lineOf('USER')],
    ['WORKDIR', final.workdir, lineOf('WORKDIR')],
    ['EXPOSE', [...final.exposed].join(' '), lineOf('EXPOSE')],
    ...final.onBuild.map(({ text, line }): [string, string, number] => ['ONBUILD', text, line]),
  ];
  return texts.flatMap(([place, text, line]) =>
    leaksOf(input.secrets.find(text), { where: 'config', line, place, layer: null, hidden: false }),
  );
}

function inHistory({ layers, input }: ImageModel): Leak[] {
  return layers.flatMap((layer: Layer) =>
    leaksOf(input.secrets.find(layer.createdBy), {
      where: 'history',
      line: layer.line,
      place: layer.createdBy.split(' ')[0] ?? '',
      layer: null,
      hidden: false,
    }),
  );
}

function inOutput({ events }: ImageModel): Leak[] {
  const printed = events.flatMap((event) => (event.kind === 'printed' ? [event] : []));
  const seen = new Set<string>();
  return printed.flatMap(({ secret, line, certain }) => {
    const key = `${secret} ${line} ${certain}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      { where: 'output' as const, secret, line, place: `line ${line}`, layer: null, hidden: false, certain },
    ];
  });
}

const leaksOf = (trace: Trace, place: Omit<Leak, 'secret' | 'certain'>): Leak[] =>
  [...trace].map(([secret, how]) => ({ ...place, secret, certain: how === 'certain' }));
