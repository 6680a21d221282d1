-- Fills the tables of migration 001 with the demo records, for `docker compose up`.
\set records `cat /demo/sample-data.json`

INSERT INTO facilities (id, name, address, phone)
  SELECT id, name, address, phone FROM json_populate_recordset(NULL::facilities, :'records'::json -> 'facilities');

INSERT INTO doctors (id, name, email, specialty, password_hash)
  SELECT id, name, email, specialty, password_hash
  FROM json_populate_recordset(NULL::doctors, :'records'::json -> 'doctors');

INSERT INTO facility_doctors (facility_id, doctor_id)
  SELECT facility_id, doctor_id
  FROM json_populate_recordset(NULL::facility_doctors, :'records'::json -> 'facility_doctors');

INSERT INTO patients (id, name, birth_date, age, facility_name, doctor_name, diagnoses)
  SELECT id, name, birth_date, age, facility_name, doctor_name, diagnoses
  FROM json_populate_recordset(NULL::patients, :'records'::json -> 'patients');

INSERT INTO notes (id, patient_name, facility_name, created_by, body, created_at)
  SELECT id, patient_name, facility_name, created_by, body, created_at
  FROM json_populate_recordset(NULL::notes, :'records'::json -> 'notes');

SELECT setval(pg_get_serial_sequence('facilities', 'id'), max(id)) FROM facilities;
SELECT setval(pg_get_serial_sequence('doctors', 'id'), max(id)) FROM doctors;
SELECT setval(pg_get_serial_sequence('patients', 'id'), max(id)) FROM patients;
SELECT setval(pg_get_serial_sequence('notes', 'id'), max(id)) FROM notes;
