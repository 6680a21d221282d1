import { columnsHolding } from './entities.ts';
import type { End, Link } from './links.ts';
import { type Migrated, rowsOfNotes, rowsOfPatients } from './migrated.ts';
import type { Named } from './truth.ts';

export function facilityLink(migrated: Migrated): Link {
  const { schema, truth, patients, notes } = migrated;
  return {
    topic: 'facility',
    subject: 'patient',
    thing: 'facility',
    from: patients.table,
    ends: rowsOfPatients(migrated).map(({ patient, row }) =>
      end(row, patient, patient.name, patient.facility),
    ),
    targets: columnsHolding(schema, truth.facilities, [patients.table, notes.table]),
    avoid: [notes.table, ...tablesHolding(schema, truth.doctors, patients.table)],
  };
}

export function doctorLink(migrated: Migrated): Link {
  const { schema, truth, patients, notes } = migrated;
  return {
    topic: 'doctor',
    subject: 'patient',
    thing: 'doctor',
    from: patients.table,
    ends: rowsOfPatients(migrated).map(({ patient, row }) => end(row, patient, patient.name, patient.doctor)),
    targets: columnsHolding(schema, truth.doctors, [patients.table, notes.table]),
    avoid: [notes.table, ...tablesHolding(schema, truth.facilities, patients.table)],
  };
}

export function authorLink(migrated: Migrated): Link {
  const { schema, truth, patients, notes } = migrated;
  return {
    topic: 'author',
    subject: 'note',
    thing: 'author',
    from: notes.table,
    ends: rowsOfNotes(migrated).map(({ note, row }) => end(row, note, noteWords(note.body), note.author)),
    targets: columnsHolding(schema, truth.doctors, [patients.table, notes.table]),
    avoid: [patients.table],
  };
}

/** Patients are told apart by name and birth date: a name alone does not say whose note it is. */
export function patientLink(migrated: Migrated): Link {
  const { patients, notes } = migrated;
  return {
    topic: 'notes',
    subject: 'note',
    thing: 'patient',
    from: notes.table,
    ends: rowsOfNotes(migrated).map(({ note, row }) => {
      const truth: Named =
        note.patient === null
          ? { kind: 'unmatched', raw: note.patientName }
          : { kind: 'known', name: note.patient };
      return { row, id: note.id, label: noteWords(note.body), truth, said: `"${note.patientName}"` };
    }),
    avoid: [],
    targets: [
      {
        table: patients.table,
        title: `${patients.table.name}, told apart by name and birth date`,
        labelOf: (row) => patients.keyOf(row),
      },
    ],
  };
}

/** Whose patient somebody is does not follow from where the doctor works, nor the other way round. */
function tablesHolding(schema: Migrated['schema'], names: readonly string[], except: Link['from']) {
  return columnsHolding(schema, names, [except]).map(({ table }) => table);
}

export const noteWords = (body: string) => `the note “${body.slice(0, 40)}${body.length > 40 ? '…' : ''}”`;

function end(row: End['row'], { id }: { readonly id: string }, label: string, truth: Named): End {
  const said =
    truth.kind === 'none' ? 'nothing' : truth.kind === 'known' ? `"${truth.name}"` : `"${truth.raw}"`;
  return { row, id, label, truth, said };
}
