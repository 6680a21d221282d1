import { WorkshopError } from '../../model/workshop-error.ts';
import type { Image } from './images.ts';

/** Neither passed nor failed: the model can't know. */
export function undecided({ file }: Pick<Image, 'file'>, what: string): WorkshopError {
  return new WorkshopError(
    'UNDECIDED',
    `Reading ${file} can't tell ${what}. Nothing was found wrong with it.`,
    {
      remedy:
        'Build it for real with `npm run check 8 -- --docker`, or write that part with commands that the workshop can follow (the guide lists them).',
    },
  );
}
