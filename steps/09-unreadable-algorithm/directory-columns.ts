import type { Clinic } from '../../harness/clinic.ts';

export interface Column {
  readonly name: string;
  /** As SQL writes it: `integer`, `text[]`. */
  readonly type: string;
}

/** The columns of the learner's `patient_directory` in their order; `null` when it is no view that can be replaced. */
export async function directoryColumns({
  database: { database },
}: Clinic): Promise<readonly Column[] | null> {
  const { rows } = await database.query<{ name: string; type: string; kind: string }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, c.relkind AS kind
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.oid = to_regclass('patient_directory') AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attnum`,
  );
  const known = new Set(rows.map((row) => row.name));
  const fits = NEEDED.every((name) => known.has(name)) && rows.every((row) => row.kind === 'v');
  return fits ? rows : null;
}

/** What the judge's table shows as a column of the view, in the type that the view has. */
export function plantedColumn({ name, type }: Column): string {
  return `${valueOf(name, type)}::${type} AS "${name.replaceAll('"', '""')}"`;
}

/** Rises with the number, as text and as uuid. */
export const uuidOf = (id: number) => `${UUID_HEAD}${String(id).padStart(12, '0')}`;

function valueOf(name: string, type: string): string {
  switch (name) {
    case 'id':
      return type === 'uuid' ? `('${UUID_HEAD}' || lpad(id::text, 12, '0'))` : 'id';
    case 'diagnoses':
      if (type.endsWith('[]')) return `string_to_array(diagnoses, ',')`;
      return type.startsWith('json') ? `to_json(string_to_array(diagnoses, ','))` : 'diagnoses';
    case 'name':
    case 'birth_date':
    case 'age':
    case 'facility_id':
    case 'facility_name':
      return name;
    default:
      return 'NULL';
  }
}

const NEEDED = ['id', 'name', 'age', 'facility_name', 'diagnoses'];
const UUID_HEAD = '00000000-0000-4000-8000-';
