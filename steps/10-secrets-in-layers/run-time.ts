import type { Compose, ComposeService } from '../../harness/layers/compose.ts';
import type { ContextFile } from '../../harness/layers/build/input.ts';
import { resolvePath, type Stage } from '../../harness/layers/image/stage.ts';
import { parseSecretLines } from '../../harness/layers/secret-values.ts';
import type { Run } from '../../harness/run.ts';
import { images } from './images.ts';

/** When compose starts the clinic, it gets both settings. */
export async function runTime(run: Run): Promise<void> {
  const { compose, builds, context } = await run.once(images);
  const service = compose?.clinic ?? null;
  if (compose === null || service === null)
    return run.report({
      ruleId: 'secrets/not-given',
      message:
        compose === null
          ? 'There is no compose file any more that could give the clinic its settings.'
          : `${compose.file} does not build the clinic any more.`,
      expected: 'A service that builds the clinic and is given its two keys.',
      why: 'Out of the image is half of it: without the keys no reminder is sent and no backup kept.',
      location: { file: compose?.file ?? 'app/docker-compose.yml' },
    });
  if (compose.problem !== null) return;
  const final = builds.find((build) => build.service === service)?.model.final ?? null;
  const given = { compose, service, context, final };
  for (const name of NAMES) {
    const answer = howGiven(run, name, given);
    if (answer === null) continue;
    run.report({
      ruleId: 'secrets/not-given',
      message: `When compose starts the clinic, it does not get ${name}.`,
      tried: `Look for ${name} in the service "${service.name}": environment, env_file, secrets and mounts.`,
      expected: `A value from outside: \`${name}: \${${name}}\`, an env_file, or a secret that ${name}_FILE names.`,
      observed: answer,
      why: 'Without it reminders or backups stay off, and nobody sees an error.',
      location: { file: compose.file },
    });
  }
}

interface Given {
  readonly compose: Compose;
  readonly service: ComposeService;
  readonly context: ReadonlyMap<string, ContextFile>;
  readonly final: Stage | null;
}

/** Why it is not given; `null` when it is. */
function howGiven(run: Run, name: string, given: Given): string | null {
  const { service } = given;
  const value = service.environment.get(name);
  if (service.environment.has(name) && value !== '') {
    if (value === null || value === undefined || /\$\{?\w/.test(value)) return null;
    return `environment sets it to a fixed text, which is no key.`;
  }
  if (service.environmentFiles.some((file) => defines(given, file, name))) return null;
  const pointer = service.environment.get(`${name}_FILE`) ?? given.final?.environment.get(`${name}_FILE`);
  if (pointer !== undefined && pointer !== null) return byFile(name, pointer, given);
  if (mounted(given, secretsFilePath(given.final))) return null;
  // Whoever changed how the settings are read may read them from anywhere that compose offers.
  const readsAsShipped = /\$\{name\}_FILE/.test(run.sources.text('app/src/settings.ts') ?? '');
  const offers = service.secrets.size + service.environmentFiles.length + service.volumes.length > 0;
  if (!readsAsShipped && offers) return null;
  return service.secrets.size > 0
    ? `a secret is mounted, but neither ${name}_FILE names it nor is it where the clinic looks.`
    : `neither environment, env_file, secrets nor a mount brings it.`;
}

function byFile(name: string, path: string, given: Given): string | null {
  const mount = [...given.service.secrets].find(([, target]) => target === path)?.[0];
  if (mount === undefined)
    return given.service.volumes.some(({ target }) => path === target || path.startsWith(`${target}/`))
      ? null
      : `${name}_FILE names ${path}, and nothing is mounted there.`;
  const source = given.compose.secretFiles.get(mount);
  if (source === undefined)
    return new RegExp(`^\\s+${mount}:[\\s\\S]*external`, 'm').test(given.compose.text)
      ? null
      : `the secret "${mount}" is not defined in the compose file.`;
  if (!('file' in source)) return null;
  const content = given.context.get(source.file)?.bytes.toString('utf8');
  // `NAME_FILE` is read whole: a file of several lines is no key.
  return content !== undefined && content.trim().includes('\n')
    ? `${name}_FILE is read as a whole, and ${source.file} holds several lines.`
    : null;
}

function defines({ context }: Given, file: string, name: string): boolean {
  const content = context.get(file.replace(/^\.\//, ''))?.bytes.toString('utf8');
  // A file that is not there yet is made by whoever deploys.
  return content === undefined || parseSecretLines(content).has(name);
}

function mounted({ service }: Given, path: string): boolean {
  return (
    [...service.secrets.values()].includes(path) || service.volumes.some(({ target }) => target === path)
  );
}

/** settings.ts looks one folder above its own. */
const secretsFilePath = (final: Stage | null) => resolvePath(final?.workdir ?? '/app', '.secrets');

const NAMES = ['SMS_GATEWAY_TOKEN', 'BACKUP_BUCKET_KEY'];
