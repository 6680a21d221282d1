import { randomBytes } from 'node:crypto';
import type { Guide, GuideOptions, GuideSource } from './guide-source.ts';
import { loadHighlighter } from './markdown/highlighter.ts';
import { createMarkdown } from './markdown/markdown.ts';
import { createApplication } from './server/application.ts';
import { loadAssets } from './server/assets.ts';
import { createEventStreams } from './server/event-streams.ts';
import { listen } from './server/listen.ts';

/**
 * Serves the guide site on loopback. Throws a `WorkshopError` with code PORT_TAKEN when somebody else listens there.
 * The highlighter is loaded by the first page that shows code, or after the first page of any kind: the server answers at once.
 */
export async function startGuide(source: GuideSource, options: GuideOptions): Promise<Guide> {
  const token = randomBytes(24).toString('base64url');
  const highlighter = once(loadHighlighter);
  const markdown = createMarkdown({
    readSource: (path) => source.readSource(path),
    loadHighlighter: highlighter,
  });
  const assets = await loadAssets();
  const streams = createEventStreams(source);
  const host = options.host ?? LOOPBACK;

  const server = await listen({ host, port: options.port });
  server.accept(
    createApplication({
      source,
      markdown,
      token,
      assets,
      streams,
      port: server.port,
      allowedHosts: options.allowedHosts ?? [],
      // A highlighter that cannot load is said by the page that needs it.
      onFirstPage: () => void highlighter().catch(() => undefined),
    }),
  );

  const close = once(async () => {
    streams.close();
    await server.close();
  });
  return { url: `http://${LOOPBACK}:${server.port}`, token, close };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

const LOOPBACK = '127.0.0.1';
