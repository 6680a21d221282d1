import type { Request, Response } from 'express';
import { sendError } from '../html.ts';
import { deleteDoctor, deleteFacility, findFacility, renameFacility } from '../models.ts';

export async function renameFacilityForm(request: Request, response: Response): Promise<void> {
  const facility = await findFacility(String(request.params['id']));
  if (facility === null) return sendError(response, 404, 'facility-not-found', 'No such facility');

  const name = String(request.body?.name ?? '').trim();
  if (name === '') return sendError(response, 400, 'name-required', 'Name is required');

  await renameFacility(facility, name);
  response.redirect(303, `/facilities/${facility.id}`);
}

export async function removeFacility(request: Request, response: Response): Promise<void> {
  const facility = await findFacility(String(request.params['id']));
  if (facility === null) return sendError(response, 404, 'facility-not-found', 'No such facility');

  await deleteFacility(facility);
  response.redirect(303, '/facilities');
}

export async function removeDoctor(request: Request, response: Response): Promise<void> {
  const removed = await deleteDoctor(String(request.params['id']));
  if (!removed) return sendError(response, 404, 'doctor-not-found', 'No such doctor');

  response.redirect(303, '/facilities');
}
