import type { Request, Response } from 'express';
import { pool } from '../database.ts';
import { sendError } from '../html.ts';

export async function facilityReport(request: Request, response: Response): Promise<void> {
  const f = (await pool.query('SELECT id, name FROM facilities WHERE id::text = $1', [String(request.params['id'])])).rows[0];
  if (f === undefined) {
    sendError(response, 404, 'facility-not-found', 'No such facility');
    return;
  }
  const p = (
    await pool.query('SELECT id, name, age, diagnoses FROM patient_directory WHERE facility_name = $1 ORDER BY id', [f.name])
  ).rows;
  const n = p.length;

  // SECTION 1: age statistics
  let a = 0;
  let b = 0;
  let c = 0;
  for (let i = 0; i < n; i++) {
    const x = Number(p[i].age);
    a = a + x;
    if (i === 0) {
      b = x;
      c = x;
    } else {
      if (x > b) {
        b = x;
      }
      if (x < c) {
        c = x;
      }
    }
  }
  let d = 0;
  if (n > 0) {
    d = Math.round((a / n) * 10) / 10;
  }

  // SECTION 2: diagnoses
  const e: Record<string, number> = {};
  const tmp: string[][] = [];
  for (let i = 0; i < n; i++) {
    const y: string[] = [];
    if (p[i].diagnoses !== null) {
      const z = p[i].diagnoses.split(',');
      for (let j = 0; j < z.length; j++) {
        const t = z[j].trim().toLowerCase();
        if (t !== '') {
          if (y.indexOf(t) === -1) {
            y.push(t);
            if (e[t] === undefined) {
              e[t] = 1;
            } else {
              e[t] = e[t] + 1;
            }
          }
        }
      }
    }
    tmp.push(y);
  }

  // SECTION 3: risk scores
  const r: { id: number; name: string; s: number }[] = [];
  for (let i = 0; i < n; i++) {
    let s = 0;
    if (p[i].age > 65) {
      s = s + 3;
    } else {
      if (p[i].age > 50) {
        s = s + 2;
      }
    }
    for (let j = 0; j < tmp[i].length; j++) {
      if (tmp[i][j] === 'heart disease') {
        s = s + 3;
      } else if (tmp[i][j] === 'diabetes') {
        s = s + 2;
      } else if (tmp[i][j] === 'asthma') {
        s = s + 1;
      }
    }
    if (tmp[i].length > 2) {
      s = s + 1;
    }
    r.push({ id: p[i].id, name: p[i].name, s: s });
  }

  // SECTION 4: sort and format
  for (let i = 0; i < r.length; i++) {
    for (let j = 0; j < r.length - i - 1; j++) {
      if (r[j].s < r[j + 1].s) {
        const tmp2 = r[j];
        r[j] = r[j + 1];
        r[j + 1] = tmp2;
      }
    }
  }
  const g = [];
  for (let i = 0; i < r.length; i++) {
    if (i < 3) {
      g.push({ id: r[i].id, name: r[i].name, score: r[i].s });
    }
  }

  // SECTION 5: summary
  let h = 0;
  let k = 0;
  let l = 0;
  for (let i = 0; i < r.length; i++) {
    if (r[i].s >= 5) {
      h = h + 1;
    } else if (r[i].s >= 2) {
      k = k + 1;
    } else {
      l = l + 1;
    }
  }
  response.json({
    facility: f.name,
    total_patients: n,
    average_age: d,
    max_age: b,
    min_age: c,
    diagnoses: e,
    high_risk: g,
    risk_summary: { low: l, medium: k, high: h },
  });
}
