import { defineChecks } from '../../harness/checks.ts';
import { checkAgePages } from './check-age-pages.ts';
import { checkAge } from './check-age.ts';
import { checkClinic } from './check-clinic.ts';
import { checkDeletes } from './check-deletes.ts';
import { checkDiagnosesPages } from './check-diagnoses-pages.ts';
import { checkDiagnoses } from './check-diagnoses.ts';
import { checkDoctorPages } from './check-doctor-pages.ts';
import { checkDoctor } from './check-doctor.ts';
import { checkFacilityPages } from './check-facility-pages.ts';
import { checkFacility } from './check-facility.ts';
import { checkNotesPages } from './check-notes-pages.ts';
import { checkNotes } from './check-notes.ts';
import { checkRecords } from './check-records.ts';
import { checkWritten } from './check-written.ts';

export default defineChecks(import.meta.dirname, {
  records: checkRecords,
  facility: checkFacility,
  doctor: checkDoctor,
  notes: checkNotes,
  diagnoses: checkDiagnoses,
  age: checkAge,
  'facility-pages': checkFacilityPages,
  'doctor-pages': checkDoctorPages,
  'notes-pages': checkNotesPages,
  'diagnoses-pages': checkDiagnosesPages,
  'age-pages': checkAgePages,
  clinic: checkClinic,
  written: checkWritten,
  deletes: checkDeletes,
});
