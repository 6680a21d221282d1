import { WorkshopError } from '../../../model/workshop-error.ts';

export const noEngine = () =>
  new WorkshopError(
    'ENGINE_UNAVAILABLE',
    'No Docker engine answered within three seconds. An installed client alone can build nothing.',
    { remedy: 'Start Docker, or run the check without `--docker`: it needs no engine.' },
  );

export const engineLost = (what: string) =>
  new WorkshopError(
    'ENGINE_UNAVAILABLE',
    `The Docker engine answered at first, and no more after \`${what}\`. That says nothing about your files.`,
    { remedy: 'Start Docker again, then this, or run the check without `--docker`: it needs no engine.' },
  );

export const engineSilent = (what: string, milliseconds: number) =>
  new WorkshopError(
    'ENGINE_SILENT',
    `\`${what}\` did not end within ${milliseconds / 1000} seconds, and was stopped. That says nothing about your files.`,
    { remedy: 'Look whether `docker ps` answers, then run it again, or run the check without `--docker`.' },
  );

export const engineFailed = (what: string, output: string) =>
  new WorkshopError(
    'ENGINE_FAILED',
    `\`${what}\` failed, which says nothing about your files. Docker says: ${output.trim().slice(-300)}`,
    { remedy: 'Mend what Docker names (often a full disk), then run it again.' },
  );

export const leftBehind = (command: string) =>
  new WorkshopError(
    'LEFT_BEHIND',
    `Docker did not carry out \`${command}\`, so something of the check is left.`,
    {
      remedy: `Type it yourself when Docker answers again: ${command}`,
    },
  );

/** What a build printed that could not fetch something; `null` when it fetched all it needed. */
export function registryUnreachable(output: string): WorkshopError | null {
  const line = output.split('\n').findLast((each) => UNREACHABLE.test(each));
  return line === undefined
    ? null
    : new WorkshopError(
        'REGISTRY_UNREACHABLE',
        `Docker could not fetch what the build needs: ${line.slice(0, 300)}`,
        { remedy: 'Connect to the network and run it again, or run the check without `--docker`.' },
      );
}

export const oldBuilder = (words: string) =>
  new WorkshopError(
    'BUILDER_TOO_OLD',
    `This engine's builder is older than the Dockerfile: it does not know ${words}.`,
    {
      remedy:
        'Write `# syntax=docker/dockerfile:1` as the first line (needs a network), use a newer Docker, or run the check without `--docker`.',
    },
  );

export const stopped = () =>
  new WorkshopError('INTERRUPTED', 'The check was stopped.', { remedy: 'Run it again.' });

const UNREACHABLE =
  /dial tcp|i\/o timeout|no such host|TLS handshake|failed to do request|connection refused|ENOTFOUND|EAI_AGAIN|Temporary failure resolving/;
