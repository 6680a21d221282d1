import { checkNotes } from '../../harness/charts/notes.ts';
import { checkRefusals } from '../../harness/charts/refusals.ts';
import { defineChecks } from '../../harness/checks.ts';
import { checkNewComments, checkReasons, checkRepeating } from './text.ts';

export default defineChecks(import.meta.dirname, {
  repeating: checkRepeating,
  reasons: checkReasons,
  'new-comments': checkNewComments,
  notes: checkNotes,
  refusals: checkRefusals,
});
