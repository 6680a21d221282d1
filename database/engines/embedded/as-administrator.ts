import { ask } from './ask.ts';
import { BECOME_ADMINISTRATOR } from './session-settings.ts';
import { WAITED } from './refusals.ts';
import type { SharedBackend } from './tenancy.ts';

/** As the administrator, between the turns of clients. */
export async function asAdministrator<Result>(
  shared: SharedBackend,
  work: () => Promise<Result>,
): Promise<Result> {
  // Each question is somebody of its own, or two of them would share a turn.
  const who = { isAdministrator: true } as const;
  if (!(await shared.turns.take(who))) throw new SettingsRefused(WAITED);
  try {
    shared.turns.works(true);
    shared.inForce = '';
    await ask(shared.instance, BECOME_ADMINISTRATOR);
    return await work();
  } finally {
    shared.turns.pass(who);
  }
}

/** The backend's own refusal of what a client wants to be set, as a message. */
export class SettingsRefused extends Error {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    super('the backend refused a session’s settings');
    this.bytes = bytes;
  }
}
