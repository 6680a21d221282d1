import { defineChecks } from '../../harness/checks.ts';
import { checkAccess } from './access.ts';
import { checkReport } from './report.ts';
import { checkNames, checkParts, checkSorting } from './text.ts';

export default defineChecks(import.meta.dirname, {
  names: checkNames,
  parts: checkParts,
  sorting: checkSorting,
  access: checkAccess,
  report: checkReport,
});
