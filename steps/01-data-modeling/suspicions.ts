import type { Suspicion } from '../../harness/schema/schema-evidence.ts';
import { ageColumns } from './check-age.ts';
import { listColumns } from './check-diagnoses.ts';
import { nameOf } from './check-facility.ts';
import { copiesOf } from './copies.ts';
import { type Migrated, rowsOfNotes, rowsOfPatients } from './migrated.ts';

/** For the X-ray: the columns that still carry another table's fact, a list, or a number that goes stale. */
export function suspicionsOf(migrated: Migrated): Suspicion {
  const { patients, notes } = migrated;
  const inPatients = (pick: 'facility' | 'doctor') =>
    copiesOf(
      patients.table,
      rowsOfPatients(migrated).map(({ patient, row }) => nameOf({ row, truth: patient[pick] })),
      patients.nameColumns,
    );
  const noteRows = rowsOfNotes(migrated);
  const inNotes = (name: (note: (typeof noteRows)[number]) => string | null) =>
    copiesOf(
      notes.table,
      noteRows.map((one) => ({ row: one.row, name: name(one) })),
      [notes.bodyColumn],
    );
  const known = (pick: 'facility' | 'author') => (one: (typeof noteRows)[number]) =>
    nameOf({ row: one.row, truth: one.note[pick] }).name;

  const marked = [
    ...inPatients('facility').map((copy) => [copy, 'a copy of the facility’s name'] as const),
    ...inPatients('doctor').map((copy) => [copy, 'a copy of the doctor’s name'] as const),
    ...inNotes(({ note }) => (note.patient === null ? null : note.patientName)).map(
      (copy) => [copy, 'a copy of the patient’s name, which two people share'] as const,
    ),
    ...inNotes(known('facility')).map((copy) => [copy, 'a copy of the facility’s name'] as const),
    ...inNotes(known('author')).map((copy) => [copy, 'a copy of the author’s name'] as const),
    ...listColumns(migrated).map(
      (column) => [{ table: patients.table, column }, 'a list in one value'] as const,
    ),
    ...ageColumns(migrated).map(
      (column) => [{ table: patients.table, column }, 'goes stale: it follows from the birth date'] as const,
    ),
  ];
  return (table, column) => marked.find(([place]) => place.table === table && place.column === column)?.[1];
}
