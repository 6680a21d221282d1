import { get } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openGuide, type OpenGuide } from './guide-fixture.ts';
import { recordRun } from './sample-runs.ts';

interface Message {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

interface Stream {
  next(): Promise<Message>;
  readonly ended: Promise<void>;
  close(): void;
}

describe('the stream of events', () => {
  test('sends each event as it comes, by its number, and nothing that a learner wrote', async () => {
    const open = await openGuide();
    const stream = await follow(open, '/events?after=-1');
    expect((await stream.next()).event).toBe('beat');
    open.workshop.record({
      slug: 'sql-injection',
      type: 'discussion.answered',
      question: 'q',
      answer: '<script>',
    });
    expect(await stream.next()).toEqual({
      id: '1',
      event: 'progress',
      data: '{"slug":"sql-injection","type":"discussion.answered"}',
    });
  });

  test('tells whoever comes late to renew everything, with one message for any number missed', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1');
    const stream = await follow(open, '/events?after=2');
    expect(await stream.next()).toEqual({
      id: '7',
      event: 'progress',
      data: '{"slug":null,"type":"caught-up"}',
    });
  });

  test('believes the browser’s Last-Event-ID before the address it first asked for', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1');
    const upToDate = await follow(open, '/events?after=0', { 'Last-Event-ID': '7' });
    expect((await upToDate.next()).event).toBe('beat');
    const behind = await follow(open, '/events?after=7', { 'Last-Event-ID': '3' });
    expect((await behind.next()).id).toBe('7');
  });

  test.each(['/events', '/events?after=x', '/events?after=-7', '/events?after=99'])(
    'catches up on %s',
    async (path) => {
      const open = await openGuide();
      recordRun(open.workshop, '1');
      const stream = await follow(open, path);
      expect((await stream.next()).data).toBe('{"slug":null,"type":"caught-up"}');
    },
  );

  test('misses nothing between a drop and the way back', async () => {
    const open = await openGuide();
    const first = await follow(open, '/events?after=-1');
    await first.next();
    first.close();
    await first.ended;
    open.workshop.record({ slug: 'sql-injection', type: 'step.opened' });
    const second = await follow(open, '/events?after=-1');
    expect((await second.next()).id).toBe('1');
  });

  test('ends with the guide, and nobody follows any more', async () => {
    const open = await openGuide();
    const stream = await follow(open, '/events?after=-1');
    await stream.next();
    await open.guide.close();
    await stream.ended;
    expect(open.workshop.followers()).toBe(0);
  });

  test('beats while nothing happens', async () => {
    const open = await openGuide({ heartbeatMs: 5 });
    const stream = await follow(open, '/events?after=-1');
    for (let beats = 0; beats < 3; beats += 1) expect((await stream.next()).event).toBe('beat');
  });
});

/** Reads a stream as a browser does: messages end with an empty line; what comes before is waited for. */
function follow(
  open: OpenGuide,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asking = get(`${open.guide.url}${path}`, { headers, agent: false }, (response) => {
      expect(response.headers['content-type']).toBe('text/event-stream');
      const waiting: ((message: Message) => void)[] = [];
      const arrived: Message[] = [];
      let text = '';
      response.on('data', (part: Buffer) => {
        const blocks = (text + part.toString()).split('\n\n');
        text = blocks.pop() ?? '';
        for (const message of blocks.map(parseMessage).filter((one) => one !== null)) {
          const taker = waiting.shift();
          if (taker === undefined) arrived.push(message);
          else taker(message);
        }
      });
      const ended = new Promise<void>((end) => void response.once('close', end));
      const close = () => void asking.destroy();
      onTestFinished(close);
      const next = () =>
        new Promise<Message>((take) => {
          const message = arrived.shift();
          if (message === undefined) waiting.push(take);
          else take(message);
        });
      resolve({ next, ended, close });
    });
    asking.once('error', reject);
  });
}

function parseMessage(block: string): Message | null {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
  const { id, event, data } = fields as { id?: string; event?: string; data?: string };
  if (event === undefined) return null;
  return { ...(id === undefined ? {} : { id }), event, data: data ?? '' };
}
