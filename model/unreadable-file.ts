import { WorkshopError } from './workshop-error.ts';

/** `path` as the learner knows it: `app/src/server.ts`. It is there, and they took our right to read it. */
export function unreadableFile(path: string, cause: unknown): WorkshopError {
  return new WorkshopError(
    'FILE_UNREADABLE',
    `${path} was to be read, and the system refuses: its permissions do not let you read it.`,
    { remedy: `Make it readable again (\`chmod u+rX ${path}\`), then save or run the command again.`, cause },
  );
}

/** Whether that is why something could not be read. */
export function isUnreadable(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM');
}
