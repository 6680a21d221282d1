import { afterAll, beforeAll } from 'vitest';
import { describeAdministration } from './pages/administration.ts';
import { describeCreatingPatients } from './pages/creating-patients.ts';
import { describeFacilities } from './pages/facilities.ts';
import { describeLogin } from './pages/login.ts';
import { describeNotes } from './pages/notes.ts';
import { describePatients } from './pages/patients.ts';
import { describeReport } from './pages/report.ts';
import { describeSafety } from './pages/safety.ts';
import { describeSearch } from './pages/search.ts';
import { openClinic, type RunningClinic } from './running-clinic.ts';

/** What the clinic does today, its flaws included. One process and one database serve all of it. */
let clinic: RunningClinic;

beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic?.close());

const current = () => clinic;
describeLogin(current);
describeFacilities(current);
describePatients(current);
describeNotes(current);
describeSearch(current);
describeReport(current);
describeCreatingPatients(current);
describeAdministration(current);
describeSafety(current);
