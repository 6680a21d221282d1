import { createHmac, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { NextFunction, Request, Response } from 'express';
import { pool } from './database.ts';
import { settings } from './settings.ts';

export interface Doctor {
  id: number;
  name: string;
  email: string;
  specialty: string;
  /** Ids of the facilities where this doctor works. */
  facilityIds: number[];
}

/** Puts the doctor who is logged in, if any, where `currentDoctor` finds it. */
export async function loadSession(request: Request, response: Response, next: NextFunction): Promise<void> {
  const doctorId = readCookie(request.headers.cookie);
  response.locals['doctor'] = doctorId === null ? null : await findDoctor(doctorId);
  next();
}

export function currentDoctor(response: Response): Doctor | null {
  return (response.locals['doctor'] as Doctor | undefined | null) ?? null;
}

/** The doctor behind an e-mail address and a password, or null when they do not belong together. */
export async function authenticate(email: string, password: string): Promise<number | null> {
  const { rows } = await pool.query<{ id: number; password_hash: string }>(
    'SELECT id, password_hash FROM doctors WHERE lower(email) = lower($1)',
    [email],
  );
  const doctor = rows[0];
  if (doctor === undefined || !(await verifyPassword(password, doctor.password_hash))) return null;
  return doctor.id;
}

export function openSession(response: Response, doctorId: number): void {
  const expires = Date.now() + settings.sessionHours * 3_600_000;
  const payload = `${doctorId}.${expires}`;
  response.cookie(COOKIE, `${payload}.${sign(payload)}`, { httpOnly: true, sameSite: 'lax', path: '/' });
}

export function closeSession(response: Response): void {
  response.clearCookie(COOKIE, { path: '/' });
}

async function findDoctor(id: number): Promise<Doctor | null> {
  const { rows } = await pool.query<Doctor>(
    `SELECT d.id, d.name, d.email, d.specialty,
            ARRAY(SELECT facility_id FROM facility_doctors WHERE doctor_id = d.id) AS "facilityIds"
     FROM doctors d
     WHERE d.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Hashes are stored as `scrypt$cost$salt$hash`, salt and hash in hexadecimal. */
async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [method, cost, salt, hash] = stored.split('$');
  if (method !== 'scrypt' || !Number(cost) || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'hex');
  const actual = await derive(password, Buffer.from(salt, 'hex'), expected.length, { N: Number(cost) });
  return expected.length > 0 && timingSafeEqual(actual, expected);
}

function readCookie(header = ''): number | null {
  const value = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1);
  const [id, expires, signature] = value?.split('.') ?? [];
  if (!id || !expires || !signature) return null;

  const expected = Buffer.from(sign(`${id}.${expires}`));
  const actual = Buffer.from(signature);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  return Number(expires) > Date.now() ? Number(id) : null;
}

function sign(payload: string): string {
  return createHmac('sha256', settings.sessionKey).update(payload).digest('hex');
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const COOKIE = 'clinic_session';
