import { afterEach, describe, expect, test } from 'vitest';
import type { RunningClinic } from '../running-clinic.ts';

export function describeReport(clinic: () => RunningClinic): void {
  const report = async (email: string, facility: number) => {
    const page = await (await clinic().as(email)).get(`/facilities/${facility}/report`);
    expect(page.type).toBe('application/json; charset=utf-8');
    return JSON.parse(page.text) as unknown;
  };
  const replacePatients = async (patients: readonly (readonly [number, string | null])[]) => {
    await clinic().database.query('DELETE FROM patients');
    for (const [index, [age, diagnoses]] of patients.entries())
      await clinic().database.query(
        `INSERT INTO patients (id, name, birth_date, age, facility_name, diagnoses)
         VALUES ($1, $2, '1980-01-01', $3, 'North Clinic', $4)`,
        [index + 1, `Patient ${index + 1}`, age, diagnoses],
      );
  };

  describe('report', () => {
    afterEach(() => clinic().restore());

    test('ages, diagnoses, the three highest risks and the summary of the sample data', async () => {
      expect(await report('tom.whitfield', 3)).toEqual({
        facility: 'Harbour Practice',
        total_patients: 4,
        average_age: 50.8,
        max_age: 66,
        min_age: 29,
        diagnoses: { asthma: 2, 'heart disease': 1 },
        high_risk: [
          { id: 10, name: 'Gus Hale', score: 6 },
          { id: 17, name: 'Rosa Delgado', score: 3 },
          { id: 13, name: 'Jo Smith', score: 1 },
        ],
        risk_summary: { low: 2, medium: 1, high: 1 },
      });
    });

    test('a facility without patients gives zeros', async () => {
      await replacePatients([]);
      expect(await report('amara.okafor', 1)).toEqual({
        facility: 'North Clinic',
        total_patients: 0,
        average_age: 0,
        max_age: 0,
        min_age: 0,
        diagnoses: {},
        high_risk: [],
        risk_summary: { low: 0, medium: 0, high: 0 },
      });
    });

    test('points for age begin above 50 and above 65, points for illnesses and for more than two of them', async () => {
      await replacePatients([
        [50, null],
        [51, ''],
        [65, ','],
        [66, ' , '],
        [20, 'Asthma'],
        [20, 'diabetes'],
        [20, ' heart disease '],
        [20, 'flu, gout'],
        [20, 'flu,gout,cold'],
        [70, 'asthma,diabetes,heart disease'],
      ]);
      expect(await report('amara.okafor', 1)).toMatchObject({
        average_age: 40.2,
        max_age: 70,
        min_age: 20,
        high_risk: [
          { id: 10, score: 10 },
          { id: 4, score: 3 },
          { id: 7, score: 3 },
        ],
        risk_summary: { low: 4, medium: 5, high: 1 },
      });
    });

    test('equal scores keep the order of the numbers', async () => {
      await replacePatients([
        [20, 'flu'],
        [60, null],
        [20, 'diabetes'],
        [55, ''],
        [20, 'diabetes'],
      ]);
      expect(await report('amara.okafor', 1)).toMatchObject({ high_risk: [{ id: 2 }, { id: 3 }, { id: 4 }] });
    });

    test('a diagnosis counts once a patient, whatever its case and the spaces around it', async () => {
      await replacePatients([
        [20, 'Flu, flu ,FLU'],
        [20, ',flu,'],
        [20, 'gout'],
      ]);
      expect(await report('amara.okafor', 1)).toMatchObject({ diagnoses: { flu: 2, gout: 1 } });
    });

    test('only its own doctors get a report, and only of a facility that exists', async () => {
      const doctor = await clinic().as('amara.okafor');
      expect((await doctor.get('/facilities/2/report')).status).toBe(403);
      expect((await doctor.get('/facilities/99/report')).error).toBe('facility-not-found');
    });
  });
}
