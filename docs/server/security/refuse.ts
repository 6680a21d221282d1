import type { Response } from 'express';
import type { Problem } from '../../../model/workshop-error.ts';

/**
 * A refusal says what was wrong and what helps, as plain text: whoever is refused gets no page and no token.
 * `kept` is what they had written, so that it is not lost with the refusal.
 */
export function refuse(
  response: Response,
  status: number,
  { code, message, remedy }: Problem,
  kept = '',
): void {
  const lines = [message, '', `What helps: ${remedy}`, `(${code})`, ...(kept === '' ? [] : ['', kept]), ''];
  response.status(status).type('text/plain').send(lines.join('\n'));
}
