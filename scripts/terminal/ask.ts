import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';

/** Asks a person for yes or no; Enter is no. Without a person the answer is yes: who pipes a command means it. */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  if (!terminal.interactive) return true;
  const line = createInterface({ input: terminal.stdin, output: process.stdout });
  try {
    const answer = await line.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    // Ctrl+C or Ctrl+D while being asked.
    return false;
  } finally {
    line.close();
  }
}
