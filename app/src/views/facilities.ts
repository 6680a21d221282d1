import type { Request, Response } from 'express';
import { pool } from '../database.ts';
import { fields, html, sendError, sendPage } from '../html.ts';

export async function facilityList(_request: Request, response: Response): Promise<void> {
  const facilities = (await pool.query('SELECT * FROM facilities ORDER BY name, id')).rows;
  const total = (await pool.query('SELECT * FROM facilities')).rows.length;
  const links = (await pool.query('SELECT * FROM facilities ORDER BY name, id')).rows;
  const phoneList = (await pool.query('SELECT * FROM facilities ORDER BY name, id')).rows;

  const rows = [];
  let totalPatients = 0;
  for (const facility of facilities) {
    const patients = await pool.query('SELECT * FROM patient_directory WHERE facility_name = $1', [facility.name]);
    const doctors = await pool.query(
      `SELECT d.* FROM doctors d JOIN facility_doctors fd ON fd.doctor_id = d.id
       WHERE fd.facility_id = $1 ORDER BY d.name, d.id`,
      [facility.id],
    );
    const notes = await pool.query(
      'SELECT * FROM note_directory WHERE facility_name = $1 ORDER BY created_at DESC, id DESC',
      [facility.name],
    );
    const newest = notes.rows[0];
    totalPatients = totalPatients + patients.rows.length;

    rows.push(
      html`<tr id="facility-${facility.id}" data-facility-id="${facility.id}">
        <th scope="row"><a href="/facilities/${facility.id}" data-field="name">${facility.name}</a></th>
        <td class="number" data-field="patient-count">${patients.rows.length}</td>
        <td>
          <ul class="plain" data-field="doctors">
            ${doctors.rows.map((doctor) => html`<li data-doctor-id="${doctor.id}"><span data-field="name">${doctor.name}</span></li>`)}
          </ul>
        </td>
        <td data-field="newest-note">
          ${
            newest
              ? html`<div data-note-id="${newest.id}">
                  <a href="/notes/${newest.id}" data-field="body">${newest.body}</a>
                  <time data-field="created-at" datetime="${newest.created_at.toISOString()}">${newest.created_at.toISOString().slice(0, 10)}</time>
                </div>`
              : html`<span class="muted">No notes yet</span>`
          }
        </td>
      </tr>`,
    );
  }

  sendPage(
    response,
    'Facilities',
    html`<div class="heading">
        <h1>Facilities</h1>
        <p class="muted">
          <span data-field="facility-count">${total}</span> facilities,
          <span data-field="patient-total">${totalPatients}</span> patients
        </p>
      </div>
      <nav class="chips" aria-label="Facilities">
        ${links.map((facility) => html`<a href="#facility-${facility.id}">${facility.name}</a>`)}
      </nav>
      <div class="card table">
        <table>
          <thead>
            <tr>
              <th scope="col">Facility</th>
              <th scope="col" class="number">Patients</th>
              <th scope="col">Doctors</th>
              <th scope="col">Newest note</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <section>
        <h2>Phone list</h2>
        <dl class="facts card">
          ${phoneList.map(
            (facility) => html`<div>
              <dt>${facility.name}</dt>
              <dd data-field="phone">${facility.phone}</dd>
            </div>`,
          )}
        </dl>
      </section>`,
  );
}

export async function facilityDetail(request: Request, response: Response): Promise<void> {
  const id = Number(request.params['id']);
  const facility = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0];
  if (facility === undefined) {
    sendError(response, 404, 'facility-not-found', 'No such facility');
    return;
  }
  const name = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0].name;
  const address = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0].address;
  const phone = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0].phone;

  const doctors = (
    await pool.query(
      `SELECT d.* FROM doctors d JOIN facility_doctors fd ON fd.doctor_id = d.id
       WHERE fd.facility_id = $1 ORDER BY d.name, d.id`,
      [id],
    )
  ).rows;

  const patientFacility = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0];
  const patients = (
    await pool.query('SELECT * FROM patient_directory WHERE facility_name = $1 ORDER BY name, id', [patientFacility.name])
  ).rows;
  const patient_list = (
    await pool.query('SELECT * FROM patient_directory WHERE facility_name = $1 ORDER BY name, id', [patientFacility.name])
  ).rows;

  const noteFacility = (await pool.query('SELECT * FROM facilities WHERE id = $1', [id])).rows[0];
  const noteIds = (
    await pool.query(
      'SELECT id FROM note_directory WHERE facility_name = $1 ORDER BY created_at DESC, id DESC LIMIT 5',
      [noteFacility.name],
    )
  ).rows;
  const recentNotes = [];
  for (const { id: noteId } of noteIds) {
    const note = (await pool.query('SELECT * FROM note_directory WHERE id = $1', [noteId])).rows[0];
    const patient = (
      await pool.query('SELECT * FROM patient_directory WHERE name = $1 AND facility_name = $2', [
        note.patient_name,
        noteFacility.name,
      ])
    ).rows[0];
    recentNotes.push({ note, patient });
  }

  sendPage(
    response,
    name,
    html`<p class="crumbs"><a href="/facilities">Facilities</a></p>
      <article data-facility-id="${id}">
        <div class="heading">
          <h1 data-field="name">${name}</h1>
          <p class="actions">
            <a class="button" href="/facilities/${id}/patients/new">New patient</a>
            <a class="button quiet" href="/patients/export?facility=${id}">Export</a>
            <a class="button quiet" href="/facilities/${id}/report">Report</a>
          </p>
        </div>
        ${fields([
          ['address', 'Address', address],
          ['phone', 'Phone', phone],
          ['patient-count', 'Patients', patients.length],
        ])}
        <section>
          <h2>Patients</h2>
          <div class="card table">
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Birth date</th>
                  <th scope="col" class="number">Age</th>
                  <th scope="col">Doctor</th>
                  <th scope="col">Diagnoses</th>
                </tr>
              </thead>
              <tbody>
                ${patient_list.map(
                  (patient) => html`<tr data-patient-id="${patient.id}">
                    <th scope="row"><a href="/patients/${patient.id}" data-field="name">${patient.name}</a></th>
                    <td data-field="birth-date">${patient.birth_date}</td>
                    <td class="number" data-field="age">${patient.age}</td>
                    <td data-field="doctor">${patient.doctor_name}</td>
                    <td data-field="diagnoses">${patient.diagnoses}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>
          ${patients.length === 0 && html`<p class="muted" data-field="no-patients">No patients yet</p>`}
        </section>
        <section>
          <h2>Recent notes</h2>
          <ol class="notes" data-field="recent-notes">
            ${recentNotes.map(
              ({ note, patient }) => html`<li class="card" data-note-id="${note.id}">
                <p data-field="body">${note.body}</p>
                <p class="muted">
                  ${
                    patient
                      ? html`<a href="/patients/${patient.id}" data-field="patient">${note.patient_name}</a>`
                      : html`<span data-field="patient">${note.patient_name}</span>`
                  }
                  · <span data-field="author">${note.created_by}</span> ·
                  <a href="/notes/${note.id}"><time data-field="created-at" datetime="${note.created_at.toISOString()}">${note.created_at.toISOString().slice(0, 10)}</time></a>
                </p>
              </li>`,
            )}
          </ol>
          ${recentNotes.length === 0 && html`<p class="muted">No notes yet</p>`}
        </section>
        <section>
          <h2>Doctors</h2>
          <ul class="card rows" data-field="doctors">
            ${doctors.map(
              (doctor) => html`<li data-doctor-id="${doctor.id}">
                <span><strong data-field="name">${doctor.name}</strong> <span class="muted" data-field="specialty">${doctor.specialty}</span></span>
                <form method="post" action="/doctors/${doctor.id}/delete"><button class="quiet danger">Delete</button></form>
              </li>`,
            )}
          </ul>
        </section>
        <section>
          <h2>Administration</h2>
          <div class="card split">
            <form method="post" action="/facilities/${id}/rename" class="inline">
              <label>New name <input name="name" value="${name}" required /></label>
              <button class="quiet">Rename</button>
            </form>
            <form method="post" action="/facilities/${id}/delete"><button class="quiet danger">Delete this facility</button></form>
          </div>
        </section>
      </article>`,
  );
}
