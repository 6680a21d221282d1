import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { requireDoctor, requireFacilityDoctor } from './access.ts';
import { sendError } from './html.ts';
import { loopbackOnly } from './loopback-only.ts';
import { loadSession } from './sessions.ts';
import { settings } from './settings.ts';
import { stylesheet } from './stylesheet.ts';
import { removeDoctor, removeFacility, renameFacilityForm } from './views/administration.ts';
import { createPatient, newPatient } from './views/create-patient.ts';
import { facilityDetail, facilityList } from './views/facilities.ts';
import { health } from './views/health.ts';
import { logIn, logOut, loginPage } from './views/login.ts';
import { CreateNote, noteList, note_detail } from './views/notes.ts';
import { Patient_Detail } from './views/patients.ts';
import { facilityReport } from './views/reports.ts';
import { exportPatients, searchPatients } from './views/search.ts';

type Handler = (request: Request, response: Response, next: NextFunction) => void | Promise<void>;

export function createApp(): Express {
  const app = express();
  app.use(loopbackOnly);
  app.use(allowedHost);
  app.get('/style.css', (_request, response) => void response.type('css').send(stylesheet));
  app.use(express.urlencoded({ extended: false }));
  app.use(guarded(loadSession));

  app.get('/healthz', guarded(health));
  app.get('/login', guarded(loginPage));
  app.post('/login', guarded(logIn));
  app.post('/logout', guarded(logOut));

  // These two decide themselves who may enter.
  app.get('/facilities/:id/patients/new', guarded(newPatient));
  app.post('/facilities/:id/patients/new', guarded(createPatient));

  app.use(guarded(requireDoctor));
  app.get('/', (_request, response) => response.redirect(303, '/facilities'));
  app.get('/facilities', guarded(facilityList));
  app.get('/facilities/:id', guarded(requireFacilityDoctor), guarded(facilityDetail));
  app.get('/facilities/:id/report', guarded(requireFacilityDoctor), guarded(facilityReport));
  app.post('/facilities/:id/rename', guarded(requireFacilityDoctor), guarded(renameFacilityForm));
  app.post('/facilities/:id/delete', guarded(requireFacilityDoctor), guarded(removeFacility));
  app.post('/doctors/:id/delete', guarded(removeDoctor));
  app.get('/patients/search', guarded(searchPatients));
  app.get('/patients/export', guarded(exportPatients));
  app.get('/patients/:id', guarded(Patient_Detail));
  app.get('/patients/:id/notes', guarded(noteList));
  app.post('/patients/:id/notes', guarded(CreateNote));
  app.get('/notes/:id', guarded(note_detail));

  app.use((_request, response) => sendError(response, 404, 'page-not-found', 'There is no such page'));
  app.use(failed);
  return app;
}

/** Express 4 does not notice a promise that rejects. */
function guarded(handler: Handler): Handler {
  return async (request, response, next) => {
    try {
      await handler(request, response, next);
    } catch (error) {
      next(error);
    }
  };
}

function allowedHost(request: Request, response: Response, next: NextFunction): void {
  if (settings.allowedHosts.includes('*') || settings.allowedHosts.includes(request.hostname)) next();
  else sendError(response, 400, 'host-not-allowed', 'This host is not allowed');
}

function failed(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const { message, code, status } = described(error);
  if (STILL_REFERRED_TO.includes(code ?? '')) sendError(response, 409, 'still-in-use', 'Other records still refer to this one');
  else if (status < 500) sendError(response, status, 'bad-request', 'This request cannot be read');
  else sendError(response, 500, 'server-error', settings.debug ? message : 'Something went wrong');
}

function described(error: unknown) {
  const { message = String(error), code, status } = Object(error) as { message?: string; code?: string; status?: number };
  return { message, code, status: status !== undefined && status >= 400 && status < 500 ? status : 500 };
}

// A foreign key refuses with the first; since PostgreSQL 18, one with ON DELETE RESTRICT refuses with the second.
const STILL_REFERRED_TO = ['23503', '23001'];
