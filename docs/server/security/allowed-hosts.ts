import type { RequestHandler } from 'express';
import { refuse } from './refuse.ts';

/**
 * Answers only to its own names. A page of an attacker can point a name of theirs at 127.0.0.1 and would then be of the
 * same origin as the guide: its requests still carry that name in `Host`.
 */
export function allowedHosts(port: number, more: readonly string[]): RequestHandler {
  const own = ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`));
  const allowed = new Set([...own, ...more.map((name) => name.toLowerCase())]);
  return (request, response, next) => {
    if (allowed.has(request.headers.host?.toLowerCase() ?? '')) return next();
    return refuse(response, 403, HOST_REFUSED(port));
  };
}

const HOST_REFUSED = (port: number) => ({
  code: 'HOST_REFUSED',
  message: 'The guide answers only to this computer, and this name is not one of its own.',
  remedy: `Open http://localhost:${port}.`,
});
