import type { Request, RequestHandler } from 'express';
import { refuse } from './refuse.ts';

/**
 * What browsers say about where a request comes from. Another site may link to a page, and nothing else: it may not embed,
 * read or follow one. A browser too old to say it is left to the other guards.
 */
export function fetchMetadata(): RequestHandler {
  return (request, response, next) => {
    if (comesFromUs(request) || isLinkFollowed(request)) return next();
    return refuse(response, 403, ELSEWHERE);
  };
}

function comesFromUs(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

function isLinkFollowed(request: Request): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return (
    isRead && request.get('sec-fetch-mode') === 'navigate' && request.get('sec-fetch-dest') === 'document'
  );
}

const ELSEWHERE = {
  code: 'CROSS_SITE_REFUSED',
  message: 'Another site asked the guide for this, which it does not answer.',
  remedy: 'Open the guide itself and use its pages.',
};
