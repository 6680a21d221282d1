import { type IncomingHttpHeaders, request } from 'node:http';
import { type HTMLElement, parse } from 'node-html-parser';
import { onTestFinished } from 'vitest';
import type { Guide, GuideOptions } from '../../docs/guide-source.ts';
import { startGuide } from '../../docs/start-guide.ts';
import { type SampleOptions, type SampleWorkshop, sampleWorkshop } from './sample-workshop.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly page: HTMLElement;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OpenGuide {
  readonly guide: Guide;
  readonly workshop: SampleWorkshop;
  /** A request as a program would send it: no header that isn't given, but `Host`. */
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** A button pressed on one of our pages, by a browser without JavaScript. */
  press(path: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A real server on a free port over sample data, closed with the test. */
export async function openGuide(options: SampleOptions & Partial<GuideOptions> = {}): Promise<OpenGuide> {
  const workshop = sampleWorkshop(options);
  const { port = 0, host, allowedHosts, heartbeatMs } = options;
  const guide = await startGuide(workshop.source, {
    port,
    ...(host === undefined ? {} : { host }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
  });
  onTestFinished(() => guide.close());
  const ask = (path: string, asked: Asked = {}) => send(guide.url, path, asked);
  return {
    guide,
    workshop,
    ask,
    press: (path, fields = {}) =>
      ask(path, {
        method: 'POST',
        headers: {
          Origin: guide.url,
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ token: guide.token, ...fields }).toString(),
      }),
  };
}

function send(url: string, path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const page = parse(text, { blockTextElements: { script: true, style: true } });
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, page });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

/** The words a reader meets, on one line. */
export function words(element: HTMLElement | null): string {
  if (element === null) return '';
  const apart = element.innerHTML.replaceAll(BLOCK_END, '$& ');
  return parse(apart, { blockTextElements: {} }).textContent.replaceAll(/\s+/g, ' ').trim();
}

const BLOCK_END = /<\/(?:td|th|dt|dd|p|div|li|h\d|pre|caption|summary)>/g;
