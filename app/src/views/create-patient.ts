import type { Request, Response } from 'express';
import { formError, html, sendError, sendPage } from '../html.ts';
import { type Facility, findFacility, findPatientNamed, insertPatient } from '../models.ts';
import { currentDoctor } from '../sessions.ts';

interface Entered {
  name: string;
  birthDate: string;
  diagnoses: string;
}

export async function newPatient(request: Request, response: Response): Promise<void> {
  const doctor = currentDoctor(response);
  if (doctor !== null) {
    const facility = await findFacility(String(request.params['id']));
    if (facility !== null) {
      if (doctor.facilityIds.includes(facility.id)) {
        sendForm(response, facility, { name: '', birthDate: '', diagnoses: '' });
      } else {
        sendError(response, 403, 'forbidden', 'You do not have access to this facility');
      }
    } else {
      sendError(response, 404, 'facility-not-found', 'No such facility');
    }
  } else {
    sendError(response, 401, 'login-required', 'You must be logged in');
  }
}

export async function createPatient(request: Request, response: Response): Promise<void> {
  const doctor = currentDoctor(response);
  if (doctor !== null) {
    const facility = await findFacility(String(request.params['id']));
    if (facility !== null) {
      if (doctor.facilityIds.includes(facility.id)) {
        const entered = readForm(request);
        if (entered.name !== '') {
          if (entered.birthDate !== '') {
            if (!isCalendarDate(entered.birthDate)) {
              response.status(400);
              sendForm(response, facility, entered, 'birth-date-invalid', 'Birth date must be a real date, such as 1980-12-31');
            } else if (entered.birthDate > today()) {
              response.status(400);
              sendForm(response, facility, entered, 'birth-date-in-future', 'Birth date is in the future');
            } else if ((await findPatientNamed(entered.name, facility)) !== null) {
              response.status(409);
              sendForm(response, facility, entered, 'patient-exists', 'This facility already has a patient of that name');
            } else {
              const id = await insertPatient({ ...entered, facility, doctor });
              response.redirect(303, `/patients/${id}`);
            }
          } else {
            response.status(400);
            sendForm(response, facility, entered, 'birth-date-required', 'Birth date is required');
          }
        } else {
          response.status(400);
          sendForm(response, facility, entered, 'name-required', 'Name is required');
        }
      } else {
        sendError(response, 403, 'forbidden', 'You do not have access to this facility');
      }
    } else {
      sendError(response, 404, 'facility-not-found', 'No such facility');
    }
  } else {
    sendError(response, 401, 'login-required', 'You must be logged in');
  }
}

function readForm(request: Request): Entered {
  return {
    name: String(request.body?.name ?? '').trim(),
    birthDate: String(request.body?.birth_date ?? '').trim(),
    diagnoses: String(request.body?.diagnoses ?? '').trim(),
  };
}

function isCalendarDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function sendForm(response: Response, facility: Facility, entered: Entered, error?: string, message?: string): void {
  sendPage(
    response,
    'New patient',
    html`<p class="crumbs"><a href="/facilities/${facility.id}">${facility.name}</a></p>
      <section class="card narrow" data-facility-id="${facility.id}">
        <h1>New patient</h1>
        ${error && message && formError(error, message)}
        <form method="post" action="/facilities/${facility.id}/patients/new" class="stacked" novalidate>
          <label>Name <input name="name" value="${entered.name}" autocomplete="off" required autofocus /></label>
          <label>Birth date <input name="birth_date" type="date" value="${entered.birthDate}" required /></label>
          <label>
            Diagnoses <input name="diagnoses" value="${entered.diagnoses}" aria-describedby="diagnoses-hint" />
            <small id="diagnoses-hint">Separated by commas, such as “asthma, flu”.</small>
          </label>
          <button>Create patient</button>
        </form>
      </section>`,
  );
}
