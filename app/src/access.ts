import type { NextFunction, Request, Response } from 'express';
import { pool } from './database.ts';
import { sendError } from './html.ts';
import { currentDoctor } from './sessions.ts';
import { sendLogin } from './views/login.ts';

/** Lets only doctors pass; everybody else gets the login form, which leads back to this page. */
export async function requireDoctor(request: Request, response: Response, next: NextFunction): Promise<void> {
  if (currentDoctor(response) !== null) return next();
  response.status(401);
  await sendLogin(response, {
    next: request.method === 'GET' ? request.originalUrl : '/facilities',
    error: 'login-required',
    message: 'You must be logged in',
  });
}

/** A facility's lists belong to the doctors who work there. A single chart opens for any doctor: think of an emergency. */
export async function requireFacilityDoctor(request: Request, response: Response, next: NextFunction): Promise<void> {
  const id = Number(request.params['id']);
  if (currentDoctor(response)?.facilityIds.includes(id)) return next();
  const known = Number.isInteger(id) && (await facilityExists(id));
  if (known) sendError(response, 403, 'forbidden', 'You do not have access to this facility');
  else sendError(response, 404, 'facility-not-found', 'No such facility');
}

async function facilityExists(id: number): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM facilities WHERE id::text = $1', [String(id)]);
  return rowCount === 1;
}
