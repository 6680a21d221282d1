import { readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { z } from 'zod';
import { WorkshopError } from '../model/workshop-error.ts';

export interface JsonFile<Schema extends z.ZodType> {
  readonly file: string;
  /** Messages name the file from here. */
  readonly root: string;
  readonly schema: Schema;
  readonly code: string;
  readonly remedy: string;
}

/** A JSON file parsed and held against its schema. Throws `code`, naming file, field, what was expected and what was found. */
export async function loadJsonFile<Schema extends z.ZodType>(
  wanted: JsonFile<Schema>,
): Promise<z.output<Schema>> {
  const { file, root, schema, code, remedy } = wanted;
  const shown = relative(root, file).split(sep).join('/');
  const json = parseJson(await readText(file, wanted, shown), wanted, shown);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${describeIssue(issue, json)}`);
  throw new WorkshopError(code, [`${shown} is not as it should be:`, ...lines].join('\n'), { remedy });
}

async function readText(file: string, wanted: JsonFile<z.ZodType>, shown: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = `${shown} was to be read and could not be: ${reasonOf(cause)}.`;
    throw new WorkshopError(wanted.code, message, { remedy: wanted.remedy, cause });
  }
}

function parseJson(text: string, wanted: JsonFile<z.ZodType>, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${shown} was to be JSON and is not: ${reasonOf(cause)}.`;
    throw new WorkshopError(wanted.code, message, { remedy: wanted.remedy, cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const field = fieldName(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return `${field}: unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  if (issue.code === 'invalid_key')
    return `${field}: expected ${issue.issues.map((key) => key.message).join(', ')}`;
  return `${field}: expected ${expectation(issue)}, found ${show(valueAt(json, issue.path))}`;
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole file';
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return EXPECTED_TYPES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  if (issue.code === 'invalid_format') {
    const form = issue.pattern ?? issue.format;
    return EXPECTED_FORMS[form] ?? EXPECTED_FORMS[issue.format] ?? `text of the form ${form}`;
  }
  if (issue.code === 'too_small' && issue.origin === 'number') return `a number above ${issue.minimum}`;
  if (issue.code === 'too_small') return `at least ${sized(issue.minimum, issue.origin)}`;
  return issue.message;
}

function sized(minimum: number | bigint, origin: string): string {
  return `${minimum} ${origin === 'string' ? 'letters' : minimum === 1 ? 'entry' : 'entries'}`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([key]) => key === String(part))?.[1];
  }, json);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text;
}

const LONGEST_SHOWN = 60;
const EXPECTED_TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
};
const EXPECTED_FORMS: Readonly<Record<string, string>> = {
  starts_with: 'a path that begins with "app/"',
  '/^\\/(?!\\/)[\\w./~%?=&+-]*$/': 'a page of the clinic from its "/" on, as "/patients/search", or null',
  '/^[0-9a-f]{40}$/': 'the 40 hexadecimal digits of a git blob id',
  '/^[a-z0-9]+(-[a-z0-9]+)*$/': 'small letters and digits, in words joined by "-"',
};
