import type { Response } from 'express';
import type { Problem } from '../../../model/workshop-error.ts';

/** A refusal says what was wrong and what helps, as plain text: whoever is refused gets no page and no token. */
export function refuse(response: Response, status: number, { code, message, remedy }: Problem): void {
  response.status(status).type('text/plain').send(`${message}\n\nWhat helps: ${remedy}\n(${code})\n`);
}
