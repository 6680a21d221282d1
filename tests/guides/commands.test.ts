import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../store/catalogue.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { VERBS } from '../../scripts/verbs.ts';
import { plainTerminal } from '../scripts/plain-terminal.ts';
import { KEPT_RUNNING, ONLY_READ, TESTED_ELSEWHERE, TYPED } from './command-plan.ts';
import { commandsWithFlags, namedCommands } from './commands.ts';
import { createScratchWorkshop, type ScratchWorkshop } from './scratch-workshop.ts';
import { ROOT } from './texts.ts';

const named = namedCommands();
const planned = new Set([...TYPED, ...KEPT_RUNNING].map(({ command }) => command));

describe('every command that a text names', () => {
  test('is run, or stands with the reason why not', () => {
    const unplanned = [...named].filter(
      ([command]) =>
        !planned.has(command) && !(command in TESTED_ELSEWHERE) && reasonOf(command) === undefined,
    );
    expect(unplanned, 'Add these to tests/guides/command-plan.ts').toEqual([]);
  });

  test('is still named: nothing is planned that no text asks for', () => {
    const commands = [...named.keys()];
    expect([...planned, ...Object.keys(TESTED_ELSEWHERE)].filter((command) => !named.has(command))).toEqual(
      [],
    );
    const unused = ONLY_READ.flatMap((one) => one.commands).filter(
      (pattern) => !commands.some((command) => pattern.test(command)),
    );
    expect(unused).toEqual([]);
    for (const file of Object.values(TESTED_ELSEWHERE)) expect(existsSync(join(ROOT, file)), file).toBe(true);
  });

  test('that npm runs is a script of the workshop or of the clinic', async () => {
    const scripts = await Promise.all(['package.json', 'app/package.json'].map(scriptsOf));
    const asked = [...named.keys()].map(
      (command) => /^npm (?:run )?(start|test|(?<=run )[\w:]+)/.exec(command)?.[1],
    );
    const unknown = asked.filter((name) => name !== undefined && !scripts.some((known) => name in known));
    expect(unknown).toEqual([]);
    expect(Object.keys(VERBS).filter((verb) => !(verb in (scripts[0] ?? {})))).toEqual([]);
  });

  test('that judges a step stands in the texts of that step, or names one that there is', async () => {
    const steps = await loadCatalogue(ROOT);
    for (const [command, texts] of named) {
      const word = /^npm run (?:check|hint) (\w[\w-]*)/.exec(command)?.[1];
      if (word === undefined || word === 'all') continue;
      const step = steps.find(({ number, slug }) => word === String(number) || word === slug);
      expect(step, command).toBeDefined();
      const strangers = texts.filter((path) => /^steps\//.test(path) && !path.includes(`-${step?.slug}/`));
      expect(strangers, command).toEqual([]);
    }
  });

  test('of the workshop has options that it has', async () => {
    const ours = [...named.keys(), ...commandsWithFlags()].flatMap((command) => {
      const [, verb, rest = ''] = /^(?:[A-Z_]+=\S+ )?npm (?:run )?(\w+)(?: (.*))?$/.exec(command) ?? [];
      const isOurs = verb !== undefined && verb !== 'test' && verb in VERBS;
      return isOurs ? [{ command, words: [verb, ...wordsOf(rest)] }] : [];
    });
    expect(ours.length).toBeGreaterThan(30);
    for (const { command, words } of ours) {
      const terminal = plainTerminal();
      const code = await runCommand([...words.map(asTyped), '--help'], terminal);
      expect(code, `${command}: ${terminal.noted.join('\n')}`).toBe(0);
    }
    expect(await runCommand(['check', '8', '--podman', '--help'], plainTerminal())).toBe(2);
  });

  test('that runs tests names a folder or file that is there', () => {
    const words = [...named.keys()]
      .filter((command) => command.includes('npx vitest run'))
      .flatMap((one) => one.split(' '));
    const missing = words.filter(
      (word) => /^(?:steps|tests)\/|\.config\.ts$/.test(word) && !existsSync(join(ROOT, word)),
    );
    expect(missing).toEqual([]);
  });

  test('of Docker has options that Docker has', () => {
    const unknown = [...named.keys()].filter(
      (command) => command.startsWith('docker ') && !DOCKER.some((form) => form.test(command)),
    );
    expect(unknown).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('typed into a shell of a fresh workshop', () => {
  let workshop: ScratchWorkshop;
  beforeAll(async () => void (workshop = await createScratchWorkshop()));
  afterAll(() => workshop?.remove());

  test.each(TYPED)('`$command` ends with $code', { timeout: 300_000 }, async (typed) => {
    await typed.after?.(workshop);
    const line = (await typed.as?.(workshop)) ?? typed.command;
    const { code, said } = await workshop.type(line, typed.folder);
    expect(withoutNpm(said)).toMatch(typed.says);
    expect(code, said).toBe(typed.code);
  });

  test.each(KEPT_RUNNING)('`$typed` runs until it is ended', async (kept) => {
    const folder = 'folder' in kept ? kept.folder : undefined;
    expect(await workshop.typeUntil(kept.typed, kept.says, folder)).toMatch(kept.says);
  });
});

const reasonOf = (command: string) =>
  ONLY_READ.find(({ commands }) => commands.some((one) => one.test(command)));

/** `N` stands for a number. */
const asTyped = (word: string) => (word === 'N' ? '7' : word);

/** What npm hands on: without its own `--`, and a quoted text as one word. */
const wordsOf = (rest: string) =>
  (rest.match(/"[^"]*"|\S+/g) ?? []).filter((word) => word !== '--').map((word) => word.replaceAll('"', ''));

async function scriptsOf(file: string): Promise<object> {
  return (JSON.parse(await readFile(join(ROOT, file), 'utf8')) as { scripts: object }).scripts;
}

/** npm's own lines above what the script says; what it warns of is the computer's business. */
function withoutNpm(said: string): string {
  return said.replace(/^npm (?:warn|error) .*\n/gm, '').replace(/^\n?> .*\n(?=> )/m, '');
}

const DOCKER = [
  /^docker build(?: --progress=plain| --no-cache| -t \w+)* app$/,
  /^docker image ls \w+$/,
  /^docker history(?: --no-trunc)?(?: \w+)?$/,
  /^docker run --rm clinic whoami$/,
  /^docker run … ls -a(?: \/app)?$/,
  /^docker compose(?: up(?: --build)?)?$/,
  /^docker (?:load|save|stop|inspect)$/,
];
