import type { Request, Response } from 'express';
import type { GuideSource } from '../guide-source.ts';

export interface EventStreams {
  /** Keeps the response open and writes to it until the browser or `close` ends it. */
  open(request: Request, response: Response): void;
  close(): void;
}

/**
 * Server-sent events. A message only says that a step changed: `{ slug, type }`, its id the number in the journal. The page
 * asks for what it shows, so nothing a learner wrote passes here, and one message makes up for any number that were missed:
 * whoever comes back with an older number gets `{ slug: null, type: 'caught-up' }` and renews everything.
 */
export function createEventStreams(source: GuideSource, heartbeatMs: number): EventStreams {
  const open = new Set<Response>();
  const stop = source.follow(({ seq, slug, type }) => {
    for (const response of open) response.write(message(seq, { slug, type }));
  });
  const beat = setInterval(() => {
    for (const response of open) response.write('event: beat\ndata:\n\n');
  }, heartbeatMs);
  beat.unref();

  return {
    open(request, response) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
      response.write(`retry: ${RETRY_MS}\n\n`);
      const { lastSeq } = source.progress();
      if (lastSeen(request) !== lastSeq) response.write(message(lastSeq, { slug: null, type: 'caught-up' }));
      else response.write('event: beat\ndata:\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    close() {
      stop();
      clearInterval(beat);
      for (const response of open) response.end();
      open.clear();
    },
  };
}

/** A browser that reconnects by itself sends the header, and the address that it first asked for is out of date by then. */
function lastSeen(request: Request): number {
  const { after } = request.query;
  const seen = request.get('last-event-id') ?? (typeof after === 'string' ? after : '');
  return /^-?\d+$/.test(seen) ? Number(seen) : Number.NaN;
}

function message(seq: number, data: { readonly slug: string | null; readonly type: string }): string {
  return `id: ${seq}\nevent: progress\ndata: ${JSON.stringify(data)}\n\n`;
}

const RETRY_MS = 1_000;
