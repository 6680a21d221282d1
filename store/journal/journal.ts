import type { NewEvent, WorkshopEvent } from '../../model/event.ts';
import { WorkshopError } from '../../model/workshop-error.ts';

export interface Journal {
  readonly id: string;
  read(): Promise<JournalReading>;
  append(event: NewEvent): Promise<WorkshopEvent>;
  follow(listener: (event: WorkshopEvent) => void): () => void;
  close(): Promise<void>;
}

export interface JournalReading {
  readonly events: readonly WorkshopEvent[];
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly line: number;
  readonly reason: 'torn' | 'newer' | 'unreadable';
}

export function openJournal(file: string): Promise<Journal> {
  return Promise.reject(new WorkshopError('NOT_BUILT', `openJournal ${file}`, { remedy: '' }));
}
