import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createPictures } from './components/xray/pictures.ts';
import { createFileComparer } from './components/side-by-side/compared-file.ts';
import type { Guide, GuideOptions, GuideSource } from './guide-source.ts';
import { type Highlighter, loadHighlighter } from './markdown/highlighter.ts';
import { createKeptPages } from './markdown/kept-pages.ts';
import { createMarkdown } from './markdown/markdown.ts';
import { createPainter } from './markdown/painter.ts';
import { createApplication } from './server/application.ts';
import { loadAssets } from './server/assets.ts';
import { createEventStreams } from './server/event-streams.ts';
import { listen } from './server/listen.ts';

/**
 * Serves the guide site on loopback. Throws a `WorkshopError` with code PORT_TAKEN when somebody else listens there.
 * The highlighter is loaded by the first page whose code was never coloured, or, where none was, after the first page of any
 * kind: the server answers at once.
 */
export async function startGuide(source: GuideSource, options: GuideOptions): Promise<Guide> {
  const { pagesFolder = null } = options;
  const token = randomBytes(24).toString('base64url');
  let loaded: Highlighter | null = null;
  const highlighter = once(async () => (loaded = await loadHighlighter()));
  const markdown = createMarkdown({
    readSource: (path) => source.readSource(path),
    loadHighlighter: highlighter,
    keptPages: pagesFolder === null ? undefined : createKeptPages(pagesFolder),
  });
  const assets = await loadAssets();
  const server = await listen({ host: options.host ?? LOOPBACK, port: options.port });
  const streams = createEventStreams(source, options.heartbeatMs ?? HEARTBEAT_MS);
  server.accept(
    createApplication({
      source,
      markdown,
      compareFile: createFileComparer(createPainter(highlighter)),
      pictures: createPictures(),
      token,
      assets,
      streams,
      port: server.port,
      allowedHosts: options.allowedHosts ?? [],
      onFirstPage() {
        if (pagesFolder !== null && existsSync(pagesFolder)) return;
        // A highlighter that cannot load is said by the page that needs it.
        highlighter().catch(() => undefined);
      },
    }),
  );

  const close = once(async () => {
    streams.close();
    await server.close();
    loaded?.close();
  });
  return { url: `http://${LOOPBACK}:${server.port}`, token, close };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

const LOOPBACK = '127.0.0.1';
const HEARTBEAT_MS = 15_000;
