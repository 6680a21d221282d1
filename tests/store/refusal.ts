import { WorkshopError } from '../../model/workshop-error.ts';

/** Code, message and remedy of what `work` throws, as a learner would read them; fails when nothing is thrown. */
export async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof WorkshopError) return `${thrown.code}\n${thrown.message}\n> ${thrown.remedy}`;
    throw thrown;
  }
  throw new Error('expected a WorkshopError, and nothing was thrown');
}
