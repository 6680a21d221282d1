import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Problem } from '../../../model/workshop-error.ts';
import { refuse } from './refuse.ts';

/** What guards everything that changes something: a page of this very origin sent it, as a form or as JSON. */
export function ownOrigin(): RequestHandler {
  return (request, response, next) => {
    const site = request.get('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin') return refuse(response, 403, ORIGIN_REFUSED);
    if (!isOwnOrigin(request)) return refuse(response, 403, ORIGIN_REFUSED);
    if (request.is(['application/json', 'application/x-www-form-urlencoded']) === false) {
      return refuse(response, 415, TYPE_REFUSED);
    }
    return next();
  };
}

/** After the body was read: JSON carries the token in a header, a form without JavaScript in a hidden field. */
export function ownToken(token: string, kept?: (body: unknown) => string): RequestHandler {
  return (request, response, next) => {
    const given = isJson(request) ? request.get(TOKEN_HEADER) : fieldOf(request.body);
    if (given !== undefined && isEqual(given, token)) return next();
    return refuse(response, 403, TOKEN_REFUSED, kept?.(request.body));
  };
}

export function isJson(request: Request): boolean {
  return request.is('application/json') !== false;
}

/** `Host` was checked already. The scheme is not compared: in front of a dev container it is https, and http behind. */
function isOwnOrigin(request: Request): boolean {
  const origin = request.get('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  return (protocol === 'http:' || protocol === 'https:') && host === request.headers.host?.toLowerCase();
}

function fieldOf(body: unknown): string | undefined {
  const field = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  return typeof field === 'string' ? field : undefined;
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const TOKEN_HEADER = 'x-guide-token';

const ORIGIN_REFUSED: Problem = {
  code: 'ORIGIN_REFUSED',
  message: 'Only the guide’s own pages may change something, and this request comes from elsewhere.',
  remedy: 'Open the guide and use the button there.',
};
const TYPE_REFUSED: Problem = {
  code: 'TYPE_REFUSED',
  message: 'The guide takes JSON and forms, and this request is neither.',
  remedy: 'Send it as application/json.',
};
const TOKEN_REFUSED: Problem = {
  code: 'TOKEN_REFUSED',
  message: 'This page is from an earlier start of the workshop.',
  remedy: 'Load the page again and repeat what you did.',
};
