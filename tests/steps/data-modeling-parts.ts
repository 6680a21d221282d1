/** The parts of step 1, each of which a learner may mend alone. */
export const PARTS = ['facility', 'doctor', 'notes', 'diagnoses', 'age'] as const;
export type Part = (typeof PARTS)[number];

/** One migration and one `models.ts` with these parts mended and the others as they were shipped. */
export function mended(parts: ReadonlySet<Part>, models: string): Readonly<Record<string, string>> {
  return {
    'app/migrations/002_parts.sql': migration(parts),
    'app/src/models.ts': mendedModels(parts, models),
  };
}

function migration(parts: ReadonlySet<Part>): string {
  const has = (part: Part, sql: string) => (parts.has(part) ? sql : '');
  return [
    'DROP VIEW patient_directory, note_directory;',
    `CREATE FUNCTION pg_temp.plain(text) RETURNS text LANGUAGE sql IMMUTABLE
       RETURN lower(regexp_replace(btrim(coalesce($1, '')), '\\s+', ' ', 'g'));`,
    // Notes find their patient by name and facility, so they come before the facility's name goes.
    has('notes', NOTES),
    has('facility', keyFor('facility', 'facilities')),
    has('doctor', keyFor('doctor', 'doctors')),
    has('diagnoses', DIAGNOSES),
    has('age', 'ALTER TABLE patients DROP age;'),
    patientDirectory(parts),
    noteDirectory(parts),
  ].join('\n');
}

const keyFor = (one: 'facility' | 'doctor', table: string) => `
  ALTER TABLE patients ADD ${one}_id integer REFERENCES ${table}, ADD unmatched_${one} text;
  UPDATE patients SET ${one}_id = ${table}.id
    FROM ${table} WHERE pg_temp.plain(${table}.name) = pg_temp.plain(${one}_name);
  UPDATE patients SET unmatched_${one} = btrim(${one}_name) WHERE ${one}_id IS NULL AND btrim(${one}_name) <> '';
  ALTER TABLE patients DROP ${one}_name;`;

function patientDirectory(parts: ReadonlySet<Part>): string {
  const named = (one: 'facility' | 'doctor', alias: string) =>
    parts.has(one) ? `coalesce(${alias}.name, p.unmatched_${one})` : `p.${one}_name`;
  const listed = `(SELECT string_agg(diagnosis, ', ' ORDER BY diagnosis) FROM patient_diagnoses WHERE patient_id = p.id)`;
  return `CREATE VIEW patient_directory AS
    SELECT p.id, p.name, p.birth_date,
      ${parts.has('age') ? 'extract(year FROM age(p.birth_date))::integer' : 'p.age'} AS age,
      ${named('facility', 'f')} AS facility_name, ${named('doctor', 'd')} AS doctor_name,
      ${parts.has('diagnoses') ? listed : 'p.diagnoses'} AS diagnoses
    FROM patients p
      ${parts.has('facility') ? 'LEFT JOIN facilities f ON f.id = p.facility_id' : ''}
      ${parts.has('doctor') ? 'LEFT JOIN doctors d ON d.id = p.doctor_id' : ''};`;
}

function noteDirectory(parts: ReadonlySet<Part>): string {
  if (!parts.has('notes')) {
    return `CREATE VIEW note_directory AS
      SELECT id, patient_name, facility_name, created_by, body, created_at FROM notes;`;
  }
  return `CREATE VIEW note_directory AS
    SELECT n.id, coalesce(p.name, n.unmatched_patient) AS patient_name,
      coalesce(f.name, p.facility_name) AS facility_name,
      coalesce(d.name, n.unmatched_author) AS created_by, n.body, n.created_at
    FROM notes n
      LEFT JOIN patient_directory p ON p.id = n.patient_id
      LEFT JOIN facilities f ON f.id = n.facility_id
      LEFT JOIN doctors d ON d.id = n.author_id;`;
}

function mendedModels(parts: ReadonlySet<Part>, models: string): string {
  const both = parts.has('facility') ? 'facility.id' : 'facility.name';
  const column = parts.has('facility') ? 'facility_id' : 'facility_name';
  let text = replaced(models, /FROM patients WHERE id = \$1/, 'FROM patient_directory WHERE id = $1').replace(
    /FROM patients WHERE lower\(name\) = lower\(\$1\) AND facility_name = \$2`,\s+\[name, facility\.name\]/,
    `FROM patient_directory WHERE id IN
       (SELECT id FROM patients WHERE lower(name) = lower($1) AND ${column} = $2)\`, [name, ${both}]`,
  );
  text = replaced(
    text,
    /const \{ rows \} = await pool\.query<\{ id: Patient[\s\S]*?\n  \);/,
    insertPatient(parts),
  );
  if (!parts.has('notes')) return text;
  text = replaced(
    text,
    /FROM notes WHERE patient_name = \$1([^`]*)`,\s+\[patient\.name\]/,
    'FROM note_directory WHERE id IN (SELECT id FROM notes WHERE patient_id = $$1)$1`, [patient.id]',
  );
  text = replaced(text, /FROM notes WHERE id = \$1/, 'FROM note_directory WHERE id = $1');
  return replaced(
    text,
    /'INSERT INTO notes [^']*',\s+\[[^\]]*\]/,
    "'INSERT INTO notes (patient_id, author_id, body) VALUES ($1, $2, $3) RETURNING id', [patient.id, doctor.id, body]",
  );
}

function insertPatient(parts: ReadonlySet<Part>): string {
  const columns: readonly (readonly [string, string])[] = [
    ['name', 'patient.name'],
    ['birth_date', 'patient.birthDate'],
    ...(parts.has('age') ? [] : [['age', 'ageToday(patient.birthDate)'] as const]),
    parts.has('facility')
      ? ['facility_id', 'patient.facility.id']
      : ['facility_name', 'patient.facility.name'],
    parts.has('doctor') ? ['doctor_id', 'patient.doctor.id'] : ['doctor_name', 'patient.doctor.name'],
    ...(parts.has('diagnoses') ? [] : [['diagnoses', 'patient.diagnoses'] as const]),
  ];
  const numbers = columns.map((_, index) => `$${index + 1}`).join(', ');
  const insert = `const { rows } = await pool.query<{ id: Patient['id'] }>(
    \`INSERT INTO patients (${columns.map(([name]) => name).join(', ')}) VALUES (${numbers}) RETURNING id\`,
    [${columns.map(([, value]) => value).join(', ')}],
  );`;
  if (!parts.has('diagnoses')) return insert;
  return `${insert}
  const words = patient.diagnoses.split(',').map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
  for (const word of new Set(words)) {
    await pool.query('INSERT INTO diagnoses VALUES ($1) ON CONFLICT DO NOTHING', [word]);
    await pool.query('INSERT INTO patient_diagnoses VALUES ($1, $2)', [rows[0].id, word]);
  }`;
}

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`models.ts as shipped has nothing like ${pattern.source}`);
  return text.replace(pattern, by);
}

const NOTES = `
  ALTER TABLE notes ADD patient_id integer REFERENCES patients, ADD author_id integer REFERENCES doctors,
    ADD facility_id integer REFERENCES facilities, ADD unmatched_patient text, ADD unmatched_author text;
  UPDATE notes SET patient_id = patients.id FROM patients
    WHERE pg_temp.plain(patients.name) = pg_temp.plain(patient_name)
      AND pg_temp.plain(patients.facility_name) = pg_temp.plain(notes.facility_name);
  UPDATE notes SET author_id = doctors.id FROM doctors WHERE pg_temp.plain(doctors.name) = pg_temp.plain(created_by);
  UPDATE notes SET facility_id = facilities.id FROM facilities
    WHERE patient_id IS NULL AND pg_temp.plain(facilities.name) = pg_temp.plain(facility_name);
  UPDATE notes SET unmatched_patient = btrim(patient_name) WHERE patient_id IS NULL;
  UPDATE notes SET unmatched_author = btrim(created_by) WHERE author_id IS NULL AND btrim(created_by) <> '';
  ALTER TABLE notes DROP patient_name, DROP facility_name, DROP created_by;`;

const DIAGNOSES = `
  CREATE TABLE diagnoses (name text PRIMARY KEY);
  CREATE TABLE patient_diagnoses (
    patient_id integer REFERENCES patients, diagnosis text REFERENCES diagnoses, PRIMARY KEY (patient_id, diagnosis));
  INSERT INTO diagnoses SELECT DISTINCT pg_temp.plain(word) FROM patients, regexp_split_to_table(diagnoses, ',') AS word
    WHERE pg_temp.plain(word) <> '';
  INSERT INTO patient_diagnoses SELECT DISTINCT patients.id, pg_temp.plain(word)
    FROM patients, regexp_split_to_table(patients.diagnoses, ',') AS word WHERE pg_temp.plain(word) <> '';
  ALTER TABLE patients DROP diagnoses;`;
