import type { Request, Response } from 'express';
import { pool } from '../database.ts';
import { type Html, html, sendError, sendPage } from '../html.ts';
import { currentDoctor } from '../sessions.ts';

interface DirectoryRow {
  id: number;
  name: string;
  birth_date: string;
  age: number | null;
  facility_name: string | null;
  doctor_name: string | null;
  diagnoses: string | null;
}

/** Patients of the facilities where the doctor works whose name contains the text, in any case of letters. */
export async function searchPatients(request: Request, response: Response): Promise<void> {
  const name = String(request.query['name'] ?? '');
  const sort = String(request.query['sort'] || 'name');
  const limit = String(request.query['limit'] || '50');
  const doctor = currentDoctor(response);

  const result = await pool.query<DirectoryRow>(
    `SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory ` +
      `WHERE name ILIKE '%${name}%' AND facility_name IN ` +
      `(SELECT f.name FROM facilities f JOIN facility_doctors fd ON fd.facility_id = f.id WHERE fd.doctor_id = ${doctor?.id}) ` +
      `ORDER BY ${sort}, id LIMIT ${limit}`,
  );

  sendPage(response, 'Patients', searchPage(name, sort, limit, result.rows));
}

/** The patients of a facility as comma-separated values, ordered by number. */
export async function exportPatients(request: Request, response: Response): Promise<void> {
  const facilities = await pool.query<{ id: number; name: string }>(
    'SELECT id, name FROM facilities WHERE id::text = $1',
    [String(request.query['facility'] ?? '')],
  );
  const facility = facilities.rows[0];
  if (facility === undefined) {
    sendError(response, 404, 'facility-not-found', 'No such facility');
    return;
  }
  if (!currentDoctor(response)?.facilityIds.includes(facility.id)) {
    sendError(response, 403, 'forbidden', 'You do not have access to this facility');
    return;
  }

  const result = await pool.query<DirectoryRow>(
    `SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses FROM patient_directory ` +
      `WHERE facility_name = '${facility.name}' ORDER BY id`,
  );

  const header = ['id', 'name', 'birth_date', 'age', 'facility', 'doctor', 'diagnoses'];
  const lines = result.rows.map((row) => [
    row.id,
    row.name,
    row.birth_date,
    row.age,
    row.facility_name,
    row.doctor_name,
    row.diagnoses,
  ]);
  response
    .type('text/csv')
    .attachment(`patients-${facility.id}.csv`)
    .send([header, ...lines].map((line) => line.map(csvValue).join(',') + '\r\n').join(''));
}

function csvValue(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function searchPage(name: string, sort: string, limit: string, patients: DirectoryRow[]): Html {
  return html`<div class="heading">
      <h1>Patients</h1>
      <p class="muted"><span data-field="result-count">${patients.length}</span> found at your facilities</p>
    </div>
    <form method="get" action="/patients/search" class="card inline" role="search">
      <label>Name <input name="name" type="search" value="${name}" autofocus /></label>
      <label>
        Sort by
        <select name="sort">
          ${SORTS.map(
            ([column, label]) =>
              html`<option value="${column}" ${sort === column && 'selected'}>${label}</option>`,
          )}
        </select>
      </label>
      <label class="short">Limit <input name="limit" inputmode="numeric" value="${limit}" /></label>
      <button>Search</button>
    </form>
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Birth date</th>
            <th scope="col" class="number">Age</th>
            <th scope="col">Facility</th>
            <th scope="col">Doctor</th>
            <th scope="col">Diagnoses</th>
          </tr>
        </thead>
        <tbody>
          ${patients.map(
            (patient) => html`<tr data-patient-id="${patient.id}">
              <th scope="row"><a href="/patients/${patient.id}" data-field="name">${patient.name}</a></th>
              <td data-field="birth-date">${patient.birth_date}</td>
              <td class="number" data-field="age">${patient.age}</td>
              <td data-field="facility">${patient.facility_name}</td>
              <td data-field="doctor">${patient.doctor_name}</td>
              <td data-field="diagnoses">${patient.diagnoses}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${patients.length === 0 && html`<p class="muted" data-field="no-patients">No patient found</p>`}`;
}

const SORTS = [
  ['name', 'Name'],
  ['birth_date', 'Birth date'],
  ['age', 'Age'],
];
