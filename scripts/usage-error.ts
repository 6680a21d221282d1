import { WorkshopError } from '../model/workshop-error.ts';

/** The command was typed in a way that we don't understand. */
export function usageError(message: string, remedy: string): WorkshopError {
  return new WorkshopError('USAGE', message, { remedy });
}
