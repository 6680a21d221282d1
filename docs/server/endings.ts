import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { type Problem, problemOf } from '../../model/workshop-error.ts';
import { notFoundPage } from '../pages/not-found-page.ts';
import type { PageContext } from '../pages/page-context.ts';
import { problemPage } from '../pages/problem-page.ts';
import { refuse } from './security/refuse.ts';

/** What answers when no route did: a wrong method, a page that helps, and our own faults. */
export function endings(context: PageContext): readonly [RequestHandler, ErrorRequestHandler] {
  const missing: RequestHandler = (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response
        .status(405)
        .set('Allow', 'GET, HEAD')
        .type('text/plain')
        .send('Nothing at this address can be changed.\n');
      return;
    }
    response.status(404).type('html').send(notFoundPage(context, request.path));
  };

  // Express tells error handlers by their four parameters.
  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    if (status < 500)
      response.status(status).type('text/plain').send('The guide could not read this request.\n');
    else sendFault(context, response, problemOf(error));
  };
  return [missing, failed];
}

/** What took one page down may take down every page, the one that says so included. */
function sendFault(context: PageContext, response: Response, problem: Problem): void {
  let page: string;
  try {
    page = problemPage(context, problem, '/');
  } catch {
    refuse(response, 500, problem);
    return;
  }
  response.status(500).type('html').send(page);
}

/** Body parsers and the router throw errors that carry their status: a malformed body, a body too large, a bad `%`. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
