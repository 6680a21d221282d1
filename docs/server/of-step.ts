import type { NextFunction, Request, Response } from 'express';
import type { Step } from '../../model/step.ts';
import type { PageContext } from '../pages/page-context.ts';

export type StepHandler = (step: Step, response: Response) => void | Promise<void>;

/** Finds the step by its slug; `/steps/7` and `/steps/07-sql-injection` lead to `/steps/sql-injection`. */
export function ofStep({ source }: PageContext, handle: StepHandler) {
  return async (
    request: Request<{ slug: string }>,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const { slug } = request.params;
    const exact = source.steps().find((step) => step.slug === slug);
    if (exact !== undefined) return handle(exact, response);
    const [, digits, rest] = /^0*(\d+)(?:-(.+))?$/.exec(slug) ?? [];
    const meant = source
      .steps()
      .find((step) => step.number === Number(digits) && (rest ?? step.slug) === step.slug);
    if (meant === undefined) return next();
    return response.redirect(302, request.path.replace(slug, meant.slug));
  };
}
