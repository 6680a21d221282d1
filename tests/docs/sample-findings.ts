import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';

const SQL = "SELECT id, name FROM patient_directory WHERE name ILIKE '%' OR 1=1--%' ORDER BY name LIMIT 20";

/** One finding with everything a finding can have. */
export const INJECTION: Finding = {
  ruleId: 'injection/value-in-text',
  level: 'error',
  message: 'A search for one patient answered with the patients of every facility.',
  tried: "GET /patients/search?name=' OR 1=1--",
  expected: 'no patient, because nobody has that name',
  observed: '12 patients of 3 facilities',
  why: 'Whoever can type into the search can read the whole clinic.',
  location: { file: 'app/src/views/search.ts', line: 42, column: 7 },
  evidence: [
    {
      kind: 'statements',
      request: "GET /patients/search?name=' OR 1=1--",
      statements: [
        { sql: SQL, parameters: [], rows: 12, milliseconds: 1.42, startedAt: 0, error: null },
        {
          sql: 'SELECT id, name FROM facilities WHERE id = $1',
          parameters: ['3'],
          rows: 1,
          milliseconds: 0.31,
          startedAt: 2.1,
          error: null,
        },
      ],
      marks: [
        {
          statement: 0,
          start: SQL.indexOf("' OR"),
          end: SQL.indexOf("' OR") + 10,
          label: 'typed into the search',
        },
      ],
      trees: [{ statement: 0, tree: 'Select\n  Or\n    Like\n    Constant', twin: 'Select\n  Like' }],
    },
    {
      kind: 'exchange',
      request: { method: 'GET', path: "/patients/search?name=' OR 1=1--" },
      response: { status: 200, body: '<ul>\n  <li data-patient-id="1">Ada Example</li>\n</ul>' },
    },
  ],
};

export const SORTING: Finding = {
  ruleId: 'injection/column-in-text',
  level: 'error',
  message: 'Sorting by a column that is not offered reached the statement.',
  tried: 'GET /patients/search?sort=(SELECT 1)',
  expected: 'the offered columns or a refusal',
  observed: 'ORDER BY (SELECT 1)',
  location: { file: 'app/src/views/search.ts', line: 58 },
};

export const NOTE: Finding = {
  ruleId: 'injection/escaped-by-hand',
  level: 'note',
  message: 'The limit is escaped by hand, which is right today and easy to get wrong tomorrow.',
};

/** Every kind of evidence but those of `INJECTION`. */
export const OTHER_EVIDENCE: readonly Evidence[] = [
  { kind: 'comparison', expected: 'Ada Example', observed: 'Ada Example, Bo Sample' },
  {
    kind: 'schema',
    tables: [
      {
        name: 'patients',
        rows: 12,
        columns: [
          { name: 'id', type: 'integer', nullable: false, key: 'primary' },
          {
            name: 'facility_name',
            type: 'text',
            nullable: true,
            key: 'none',
            suspicion: 'a copy of facilities.name',
          },
        ],
      },
    ],
    relations: [
      {
        from: 'notes',
        fromColumns: ['patient_id'],
        to: 'patients',
        toColumns: ['id'],
        onDelete: 'restrict',
      },
    ],
  },
  {
    kind: 'source-marks',
    file: 'app/src/views/notes.ts',
    lines: 80,
    marks: [
      { line: 3, column: 1, endLine: 5, endColumn: 4, kind: 'redundant', label: 'says what the code says' },
    ],
  },
  {
    kind: 'outline',
    functions: [
      {
        name: 'createPatient',
        file: 'app/src/views/patients.ts',
        line: 10,
        endLine: 90,
        depth: 6,
        complexity: 14,
        profile: [0, 1, 2],
        calls: [],
      },
    ],
  },
  {
    kind: 'dependencies',
    packages: [
      {
        name: 'express',
        version: '4.16.0',
        bytes: 210_000,
        direct: true,
        used: true,
        advisories: ['CVE-2022-24999'],
        requires: ['qs'],
      },
    ],
  },
  {
    kind: 'layers',
    layers: [
      {
        instruction: 'COPY . .',
        line: 4,
        bytes: 1_500_000,
        wasted: 900,
        exact: false,
        leaks: [{ path: '.secrets', what: 'a key', command: 'docker history' }],
      },
    ],
  },
];
