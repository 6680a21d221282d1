import type { NextFunction, Request, Response } from 'express';

/**
 * This application is vulnerable on purpose, so only pages of this machine may talk to it: a name that somebody
 * points at 127.0.0.1 is refused, and so is a form that another site sends.
 */
export function loopbackOnly(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  const origin = request.headers.origin;
  if (!LOOPBACK.test(host)) {
    response.status(421).type('text/plain').send(REFUSED_HOST);
  } else if (request.method !== 'GET' && request.method !== 'HEAD' && origin !== undefined && origin !== `http://${host}`) {
    response.status(403).type('text/plain').send(REFUSED_ORIGIN);
  } else {
    next();
  }
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const REFUSED_HOST = 'This training application answers only at localhost, 127.0.0.1 or [::1].\n';
const REFUSED_ORIGIN = 'This training application takes forms only from its own pages.\n';
