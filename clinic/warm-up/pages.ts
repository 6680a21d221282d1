import { once } from 'node:events';
import net from 'node:net';
import express, { type Express } from 'express';

/** Answers pages, a redirect and a form as clinics do, over loopback. */
export async function visitPages(signal: AbortSignal): Promise<void> {
  const server = pages().listen(0, '127.0.0.1');
  const browser = new net.Socket({ signal });
  browser.on('error', () => undefined);
  try {
    await once(server, 'listening', { signal });
    browser.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const request of REQUESTS) {
        browser.write(request);
        await once(browser, 'data', { signal });
      }
    }
  } finally {
    browser.destroy();
    server.closeAllConnections();
    server.close();
  }
}

function pages(): Express {
  const app = express();
  app.use((_request, _response, next) => next());
  app.use(express.urlencoded({ extended: false }));
  app.use((request, response, next) => {
    response.locals['cookie'] = request.headers.cookie;
    next();
  });
  for (const path of ['/a', '/b/:id', '/b/:id/c', '/c', '/d/:id']) app.get(path, (_q, _s, next) => next());
  app.get('/pages/:id', ({ hostname, params, query }, response) => {
    response.type('html').send(`<p>${hostname} ${params.id} ${String(query['q'])}</p>`.repeat(40));
  });
  app.post('/forms', (request, response) => {
    const names = String(Object.keys(request.body as object));
    response.cookie('names', names, { httpOnly: true, sameSite: 'lax', path: '/' });
    response.redirect(303, '/pages');
  });
  app.use((_request, response) => void response.status(404).send('<p>There is nothing.</p>'));
  return app;
}

const FORM = 'name=nobody&why=to+be+warm';
const REQUESTS = [
  'GET /pages/1?q=a%20b HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: names=1\r\n\r\n',
  `POST /forms HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${FORM.length}\r\n\r\n${FORM}`,
  'GET /nothing HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n',
];
const TURNS = 20;
