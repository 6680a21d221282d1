import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScratchWorkshop } from './scratch-workshop.ts';

/** Run here, in this order, in one scratch workshop. */
export interface Typed {
  readonly command: string;
  readonly code: number;
  readonly says: RegExp;
  /** Where it is typed, from the workshop's root. */
  readonly folder?: string;
  /** What somebody has done before. */
  readonly after?: (workshop: ScratchWorkshop) => Promise<unknown>;
  /** What is typed in place of it, such as a name for the dots. */
  readonly as?: (workshop: ScratchWorkshop) => Promise<string>;
}

export const TYPED: readonly Typed[] = [
  { command: 'npm run list', code: 0, says: /0 of 10 done/ },
  { command: 'npm run hint', code: 0, says: /Step 1 .*hint 1 of/ },
  { command: 'npm run hint 7', code: 0, says: /Step 7 .*hint 1 of/ },
  { command: 'npm run solution', code: 0, says: /from your files \(-\) to the solution \(\+\)/ },
  {
    command: 'npm run reset',
    code: 0,
    says: /as they were shipped:\s+app\/src\/models\.ts\s/,
    after: ({ root }) => appendFile(join(root, 'app/src/models.ts'), '// mine\n'),
  },
  { command: 'npm run undo', code: 0, says: /Your files are as they were before/ },

  { command: 'grep -rnE "from \'(request|sharp|mathjs)\'" app/src', code: 1, says: /^$/ },
  {
    command: 'npm run lock',
    code: 0,
    says: /app\/package-lock\.json/,
    after: ({ root }) =>
      change(join(root, 'app/package.json'), [
        [/"express": "[^"]*"/, '"express": "^5.0.0"'],
        [/"pg": "[^"]*"/, '"pg": "^8.0.0"'],
        [/\s+"(?:mathjs|sharp)": "latest",?|\s+"request": "\*",?/g, ''],
        [/"\^8\.0\.0",\s*\}/, '"^8.0.0"\n  }'],
      ]),
  },
  { command: 'npm run lock -- --check', code: 0, says: /fits/ },
  { command: 'npm run check 2', code: 0, says: /✓ Passed {2}all 6 checks pass/ },

  // About three hundred places, says the guide; afterwards only names are left, says a hint.
  { command: 'npm run lint:app', code: 1, says: /✖ (?:2[5-9]|3[0-4])\d problems/ },
  { command: 'npm run format:app', code: 0, says: /patients\.ts[^]*notes\.ts/ },
  {
    command: 'npm run lint:app',
    code: 1,
    says: /^(?:(?! error )[^\n]*\n|[^\n]*naming-convention\n)*$/,
  },

  {
    command: 'npm run image',
    code: 0,
    says: /COPY \. \/app\s+\.workshop\/image\/blobs\/sha256\/\w+\s+holds SMS/,
  },
  {
    command: 'tar -tf .workshop/image/blobs/sha256/…',
    code: 0,
    says: /^app\/\.secrets$/m,
    as: async (workshop) => `tar -tf ${await layerOf(workshop, 'COPY .secrets')}`,
  },
  {
    command: 'tar -xOf .workshop/image/blobs/sha256/… app/.secrets',
    code: 0,
    says: /^SMS_GATEWAY_TOKEN=[^]*^BACKUP_BUCKET_KEY=/m,
    as: async (workshop) => `tar -xOf ${await layerOf(workshop, 'COPY . ')} app/.secrets`,
  },
  {
    command: 'tar -tf .workshop/image/blobs/sha256/…',
    code: 0,
    says: /^app\/\.wh\.\.secrets\n$/,
    as: async (workshop) => `tar -tf ${await layerOf(workshop, 'RUN .* rm -f')}`,
  },

  { command: 'npm run answer', code: 0, says: /1\. .*[^]*6\. / },
  { command: 'npm run answer 7 3 "your answer"', code: 0, says: /answer/ },
  { command: 'npm run score', code: 0, says: /[Jj]unior[^]*[Mm]id-level[^]*[Ss]enior/ },
  { command: 'npm run score 7 mid-level', code: 0, says: /mid-level/ },
  { command: 'npm run report', code: 0, says: /^# .*[^]*your answer/m },
  { command: 'npm run build', code: 0, says: /tsc/, folder: 'app' },
  { command: 'npm run author new connection-leaks', code: 0, says: /steps\/11-connection-leaks\/guide\.md/ },
  { command: 'npm run author edit 11 solution', code: 0, says: /then: npm run author save/ },
  {
    command: 'npm run author save -- --title "Give each connection back"',
    code: 0,
    says: /solution/,
    after: ({ root }) =>
      appendFile(
        join(root, '.workshop/author/11-connection-leaks/solution/app/src/database.ts'),
        '\nexport const most = 10;\n',
      ),
  },
  // A step of which only the solution is written is not proven, and what is missing is said.
  { command: 'npm run author verify 11', code: 1, says: /connection-leaks/ },
  {
    command: 'npm run check all',
    code: 1,
    says: new RegExp([1, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => `Step ${step} · [^]*✗ Failed`).join('[^]*')),
  },
];

/** Runs until it is ended. */
export const KEPT_RUNNING = [
  {
    command: 'npm run clinic',
    typed: 'npm run clinic -- --app-port 0',
    says: /The clinic runs: http:\/\/localhost:\d+/,
  },
  {
    command: 'node dist/server.js',
    typed: 'PORT=0 DATABASE_URL=postgres://clinic@127.0.0.1:9/clinic node dist/server.js',
    says: /Clinic listening on/,
    folder: 'app',
  },
] as const;

/** Run by a test of its own, which says so. */
export const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  'npm start': 'tests/scripts/start.test.ts',
  'npm start -- --port 4100 --app-port 8100': 'tests/scripts/start.test.ts',
  'npm run author baseline': 'tests/scripts/author.test.ts',
  'npm run doctor': 'tests/scripts/doctor',
};

/** Not run here, for the reason given. That each is spelled rightly is checked all the same. */
export const ONLY_READ: readonly { readonly because: string; readonly commands: readonly RegExp[] }[] = [
  {
    because: 'differs from one that is run by the name of a step, and that name is looked up',
    commands: [/^npm run check(?: (?:[1-9]|10|[a-z-]+))?$/, /^npm run hint \d$/],
  },
  { because: 'needs a Docker engine', commands: [/^docker /, /^npm run check (?:8|10) -- --docker$/] },
  {
    because: 'asks the registry',
    commands: [
      /^npm install(?: --package-lock-only(?: [\w-]+@\^\d+)*)?$/,
      /^npm uninstall(?: --package-lock-only [\w ]+)?$/,
      /^npm view pg version$/,
      /^npm audit(?: fix --force| --omit=dev)?$/,
      /^npm ci(?: --omit=dev| --ignore-scripts)?$/,
      /^npm prune --omit=dev$/,
      /^npm run author (?:packages|advisories DIR)$/,
    ],
  },
  {
    because:
      'works on the whole of the workshop and takes minutes: this suite is a part of it, or stands beside it',
    commands: [
      /^npm test$/,
      /^npm run (?:lint|types)$/,
      /^npm run bench(?: \d| -- --(?:quick|write|database embedded))?$/,
      /^npm run author (?:verify|xray)(?: \d+| -- --orders 10| -- \d+ --database embedded)?$/,
    ],
  },
  {
    because: 'is another part of this suite, or a step over the real app/',
    commands: [
      /^(?:SECOND_OPINION_(?:KILLS|QUERIES)=\d+ )?npx vitest run (?:--config \S+ )?(?:steps|tests)\/\S+$/,
    ],
  },
  {
    because: 'opens an editor on the screen of whoever runs this',
    commands: [/^npm run open(?: 7 app\/src\/views\/search\.ts:\d+)?$/],
  },
  {
    because: 'needs a computer elsewhere, whose ports are forwarded',
    commands: [/^SECOND_OPINION_FORWARDED=\S+ npm start$/],
  },
  { because: 'needs a PostgreSQL of the reader', commands: [/^DATABASE_URL=postgres:\/\/… npm start$/] },
  { because: 'changes the folder for the commands below it', commands: [/^cd app$/] },
  { because: 'is talked about, and not asked for', commands: [/^node -e$/, /^npx tsc$/, /^tar -xOf$/] },
];

async function change(file: string, changes: readonly (readonly [RegExp, string])[]): Promise<void> {
  const before = await readFile(file, 'utf8');
  await writeFile(
    file,
    changes.reduce((text, [from, to]) => text.replace(from, to), before),
  );
}

/** The archive of the layer that an instruction made, as `npm run image` prints it. */
async function layerOf({ type }: ScratchWorkshop, instruction: string): Promise<string> {
  const { said } = await type('npm run image');
  const archive = new RegExp(`${instruction}[^\\n]*\\n\\s+(\\.workshop/image/blobs/sha256/\\w+)`).exec(
    said,
  )?.[1];
  if (archive === undefined) throw new Error(`No layer of ${instruction} in:\n${said}`);
  return archive;
}
