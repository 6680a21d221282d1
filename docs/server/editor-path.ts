import { z } from 'zod';

/**
 * A path that an editor may be told to open: below `app/`, spelled with `/`, without a way out, a drive or stream (`:`),
 * a control character, or a part that could be read as an option (`-`).
 */
export const editorPath = z
  .string()
  .max(500)
  .refine((path) => {
    const [first, ...rest] = path.split('/');
    return first === 'app' && rest.length > 0 && rest.every(isPlainName);
  });

function isPlainName(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || part.startsWith('-')) return false;
  return !FORBIDDEN.test(part);
}

const FORBIDDEN = /[\\:*?"<>|\p{Cc}\p{Cf}]/u;
