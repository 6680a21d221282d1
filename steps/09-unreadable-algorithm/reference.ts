/** A patient as the report sees one. */
export interface Patient {
  /** Rising in the order in which the directory lists them. */
  readonly id: number;
  readonly name: string;
  readonly age: number;
  /** Separated by commas, with all the dirt of the legacy data. */
  readonly diagnoses: string | null;
}

export interface Report {
  readonly total_patients: number;
  /** To one decimal; 0 without patients, as are the two below. */
  readonly average_age: number;
  readonly max_age: number;
  readonly min_age: number;
  /** Patients by diagnosis, in lower case; each patient counts once. */
  readonly diagnoses: Readonly<Record<string, number>>;
  /** The three highest scores; who has the same score stands in the order of ids. */
  readonly high_risk: readonly { readonly id: number; readonly name: string; readonly score: number }[];
  readonly risk_summary: { readonly low: number; readonly medium: number; readonly high: number };
}

/** What the clinic's report says about these patients, as shipped. */
export function expectedReport(patients: readonly Patient[]): Report {
  const ages = patients.map((patient) => patient.age);
  const total = ages.reduce((sum, age) => sum + age, 0);
  const scored = patients.map(({ id, name, age, diagnoses }) => ({
    id,
    name,
    score: scoreOf(age, listOf(diagnoses)),
  }));
  const levels = scored.map(({ score }) => levelOf(score));
  const count = (level: Level) => levels.filter((l) => l === level).length;
  return {
    total_patients: patients.length,
    average_age: patients.length === 0 ? 0 : Math.round((total / patients.length) * 10) / 10,
    max_age: Math.max(0, ...ages),
    min_age: patients.length === 0 ? 0 : Math.min(...ages),
    diagnoses: countDiagnoses(patients),
    high_risk: scored.toSorted((a, b) => b.score - a.score || a.id - b.id).slice(0, 3),
    risk_summary: { low: count('low'), medium: count('medium'), high: count('high') },
  };
}

type Level = 'low' | 'medium' | 'high';

function countDiagnoses(patients: readonly Patient[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const diagnosis of patients.flatMap((patient) => listOf(patient.diagnoses)))
    counts.set(diagnosis, (counts.get(diagnosis) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function listOf(diagnoses: string | null): string[] {
  const names = (diagnoses ?? '').split(',').map((name) => name.trim().toLowerCase());
  return [...new Set(names)].filter((name) => name !== '');
}

function scoreOf(age: number, diagnoses: readonly string[]): number {
  const byAge = age > 65 ? 3 : age > 50 ? 2 : 0;
  const byDiagnosis = diagnoses.reduce((sum, diagnosis) => sum + (POINTS.get(diagnosis) ?? 0), 0);
  return byAge + byDiagnosis + (diagnoses.length > 2 ? 1 : 0);
}

const levelOf = (score: number): Level => (score >= 5 ? 'high' : score >= 2 ? 'medium' : 'low');

const POINTS = new Map([
  ['heart disease', 3],
  ['diabetes', 2],
  ['asthma', 1],
]);
