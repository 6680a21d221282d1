import { pool } from './database.ts';
import type { Doctor } from './sessions.ts';

export interface Facility {
  id: number;
  name: string;
  address: string;
  phone: string;
}

export interface Patient {
  id: number;
  name: string;
  birthDate: string;
  age: number | null;
  facilityName: string | null;
  doctorName: string | null;
  /** Separated by commas. */
  diagnoses: string | null;
}

export interface Note {
  id: number;
  patientName: string;
  facilityName: string | null;
  createdBy: string | null;
  body: string;
  createdAt: Date;
}

export interface NewPatient {
  name: string;
  /** YYYY-MM-DD */
  birthDate: string;
  facility: Facility;
  doctor: Doctor;
  diagnoses: string;
}

export async function findFacility(id: string): Promise<Facility | null> {
  if (!isId(id)) return null;
  const { rows } = await pool.query<Facility>('SELECT id, name, address, phone FROM facilities WHERE id = $1', [id]);
  return rows[0] ?? null;
}

export async function renameFacility(facility: Facility, name: string): Promise<void> {
  await pool.query('UPDATE facilities SET name = $1 WHERE id = $2', [name, facility.id]);
}

export async function deleteFacility(facility: Facility): Promise<void> {
  await pool.query('DELETE FROM facilities WHERE id = $1', [facility.id]);
}

/** False when there is no such doctor. */
export async function deleteDoctor(id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await pool.query('DELETE FROM doctors WHERE id = $1', [id]);
  return rowCount === 1;
}

export async function findPatient(id: string): Promise<Patient | null> {
  if (!isId(id)) return null;
  const { rows } = await pool.query<Patient>(`SELECT ${PATIENT_COLUMNS} FROM patients WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** The patient of that name at a facility, whatever the case of the letters. */
export async function findPatientNamed(name: string, facility: Facility): Promise<Patient | null> {
  const { rows } = await pool.query<Patient>(
    `SELECT ${PATIENT_COLUMNS} FROM patients WHERE lower(name) = lower($1) AND facility_name = $2`,
    [name, facility.name],
  );
  return rows[0] ?? null;
}

/** The number of the new patient. */
export async function insertPatient(patient: NewPatient): Promise<Patient['id']> {
  const { rows } = await pool.query<{ id: Patient['id'] }>(
    `INSERT INTO patients (name, birth_date, age, facility_name, doctor_name, diagnoses)
     VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING id`,
    [
      patient.name,
      patient.birthDate,
      ageToday(patient.birthDate),
      patient.facility.name,
      patient.doctor.name,
      patient.diagnoses,
    ],
  );
  return rows[0].id;
}

/** Newest first. */
export async function notesOfPatient(patient: Patient): Promise<Note[]> {
  const { rows } = await pool.query<Note>(
    `SELECT ${NOTE_COLUMNS} FROM notes WHERE patient_name = $1 ORDER BY created_at DESC, id DESC`,
    [patient.name],
  );
  return rows;
}

export async function findNote(id: string): Promise<Note | null> {
  if (!isId(id)) return null;
  const { rows } = await pool.query<Note>(`SELECT ${NOTE_COLUMNS} FROM notes WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** The number of the new note. */
export async function insertNote(patient: Patient, doctor: Doctor, body: string): Promise<Note['id']> {
  const { rows } = await pool.query<{ id: Note['id'] }>(
    'INSERT INTO notes (patient_name, facility_name, created_by, body) VALUES ($1, $2, $3, $4) RETURNING id',
    [patient.name, patient.facilityName, doctor.name, body],
  );
  return rows[0].id;
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}

function ageToday(birthDate: string): number {
  const today = new Date().toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const PATIENT_COLUMNS = `id, name, birth_date AS "birthDate", age, facility_name AS "facilityName",
  doctor_name AS "doctorName", diagnoses`;
const NOTE_COLUMNS = `id, patient_name AS "patientName", facility_name AS "facilityName", created_by AS "createdBy",
  body, created_at AS "createdAt"`;
