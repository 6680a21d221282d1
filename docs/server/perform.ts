import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { type Problem, problemOf } from '../../model/workshop-error.ts';
import type { PageContext } from '../pages/page-context.ts';
import { problemPage } from '../pages/problem-page.ts';
import { isJson, ownOrigin, ownToken } from './security/own-requests.ts';

export interface Action {
  /** Path of the page that shows what came of it. */
  readonly back: string;
  readonly act: () => Promise<unknown>;
  /** The page that says why it failed, when it has to show more than the reason. */
  readonly problem?: (problem: Problem) => string;
}

/** A form goes back to its page; the script gets 204 and `Location`, or the problem as JSON. */
export async function perform(
  context: PageContext,
  request: Request,
  response: Response,
  { back, act, problem: pageOf = (problem) => problemPage(context, problem, back) }: Action,
): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    const problem = problemOf(thrown);
    response.status(500);
    if (isJson(request)) response.json(problem);
    else response.type('html').send(pageOf(problem));
    return;
  }
  if (isJson(request)) response.status(204).location(back).end();
  else response.redirect(303, back);
}

/**
 * Before anything is performed: our own origin, a body of that size at most, the session's token. `kept` is what a
 * refusal hands back of a body that somebody wrote by hand.
 */
export function guards(
  { token }: PageContext,
  limit = '16kb',
  kept?: (body: unknown) => string,
): readonly RequestHandler[] {
  return [
    ownOrigin(),
    express.json({ limit }),
    express.urlencoded({ extended: false, limit }),
    ownToken(token, kept),
  ];
}

/** A link or a picture must never change anything. */
export function postOnly(request: Request, response: Response, next: NextFunction): void {
  if (request.method === 'POST') return next();
  response.status(405).set('Allow', 'POST').type('text/plain').send(POST_ONLY);
}

const POST_ONLY = 'This address only takes what a button of the guide sends.\n';
