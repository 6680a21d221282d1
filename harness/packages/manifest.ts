import { z } from 'zod';
import type { Reported } from '../run.ts';
import type { Sources } from '../sources.ts';

export type Section = (typeof SECTIONS)[number];
export type Ranges = Readonly<Record<string, string>>;

/** What `app/package.json` asks for, as data: none of it is installed to be judged. */
export interface Manifest {
  readonly name: string | null;
  readonly sections: Readonly<Record<Section, Ranges>>;
  /** In their order in the file; a name that two sections hold is there twice. */
  readonly declared: readonly Declaration[];
  /** Versions that are forced on a package wherever it stands in the tree: its name and what it is forced to. */
  readonly overrides: readonly { readonly name: string; readonly range: string; readonly line: number }[];
  readonly scripts: readonly string[];
  /** What stands in the manifest for tools: a key with its value, as text. */
  readonly settings: readonly string[];
}

export interface Declaration {
  readonly section: Section;
  readonly name: string;
  readonly range: string;
  readonly line: number;
}

/** Reads the manifest; a file that npm could not read either is handed back as a finding. */
export function readManifest(sources: Sources): Manifest | { readonly fault: Reported } {
  const text = sources.text(MANIFEST);
  if (text === null) return { fault: unreadable('there is no such file') };
  const json = parseJson(text);
  if ('problem' in json) return { fault: unreadable(json.problem) };
  const parsed = manifestSchema.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { fault: unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`) };
  }
  const { name = null, scripts, overrides, ...rest } = parsed.data;
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = rest;
  const sections = { dependencies, devDependencies, optionalDependencies, peerDependencies };
  const declared = SECTIONS.flatMap((section) =>
    Object.entries(sections[section]).map(([name, range]) => ({
      section,
      name,
      range,
      line: lineOf(text, section, name),
    })),
  );
  return {
    name,
    sections,
    declared,
    overrides: flatten(overrides, sections.dependencies).map((one) => ({
      ...one,
      line: lineOf(text, 'overrides', one.name),
    })),
    scripts: Object.values(scripts),
    settings: Object.entries(rest)
      .filter(([key]) => !OWN_KEYS.has(key))
      .map(([key, value]) => `${key.replace(/Config$/, '')} ${JSON.stringify(value)}`),
  };
}

/** JSON as npm reads it: a byte order mark is passed over. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** `{ a: { '.': '1', b: '2' } }` forces a to 1, and b to 2. `$a` stands for what the manifest itself asks of a. */
function flatten(overrides: Overrides, direct: Ranges): { name: string; range: string }[] {
  return Object.entries(overrides).flatMap(([key, value]) => {
    const name = key.replace(/(?<=.)@.*$/, '');
    if (typeof value !== 'string') {
      const { '.': own, ...inner } = value;
      return [...flatten(own === undefined ? {} : { [name]: own }, direct), ...flatten(inner, direct)];
    }
    return [{ name, range: value.startsWith('$') ? (direct[value.slice(1)] ?? value) : value }];
  });
}

/** The line on which a section asks for a package; the first line when it is not found as it is usually written. */
function lineOf(text: string, section: string, name: string): number {
  const from = Math.max(0, text.search(new RegExp(`"${section}"\\s*:`)));
  const at = text.indexOf(`"${name}"`, from);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

function unreadable(problem: string): Reported {
  return {
    ruleId: 'versions/no-manifest',
    message: `${MANIFEST} cannot be read as a manifest: ${problem}.`,
    tried: `Read ${MANIFEST} as npm does.`,
    expected: 'JSON with dependencies by name, each with a version range.',
    observed: `${problem}.`,
    location: { file: MANIFEST },
  };
}

export const MANIFEST = 'app/package.json';
export const SECTIONS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

/** What npm reads itself, and what is said about the clinic in words. */
const OWN_KEYS = new Set<string>([
  ...SECTIONS,
  ...['version', 'description', 'keywords', 'author', 'license', 'repository', 'homepage', 'bugs', 'engines'],
  ...['private', 'type', 'main', 'exports', 'imports', 'files', 'peerDependenciesMeta', 'bundleDependencies'],
]);
type Overrides = { readonly [name: string]: string | Overrides };
const ranges = z.record(z.string(), z.string()).default({});
const overridesSchema: z.ZodType<Overrides> = z.record(
  z.string(),
  z.union([z.string(), z.lazy(() => overridesSchema)]),
);
const manifestSchema = z.looseObject({
  name: z.string().optional(),
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  scripts: ranges,
  overrides: overridesSchema.default({}),
});
