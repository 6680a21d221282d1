import { checkChart } from '../../harness/charts/chart.ts';
import { checkNotes } from '../../harness/charts/notes.ts';
import { checkRefusals } from '../../harness/charts/refusals.ts';
import { defineChecks } from '../../harness/checks.ts';
import { checkConsistency, checkElsewhere, checkIndentation, checkNames, checkSpacing } from './text.ts';

export default defineChecks(import.meta.dirname, {
  names: checkNames,
  spacing: checkSpacing,
  consistency: checkConsistency,
  indentation: checkIndentation,
  elsewhere: checkElsewhere,
  chart: checkChart,
  notes: checkNotes,
  refusals: checkRefusals,
});
