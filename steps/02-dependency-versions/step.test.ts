import { defineChecks } from '../../harness/checks.ts';
import { checkAdvisories, checkClinic, checkHashes, checkLock, checkRanges, checkUse } from './checks.ts';

export default defineChecks(import.meta.dirname, {
  ranges: checkRanges,
  use: checkUse,
  lock: checkLock,
  hashes: checkHashes,
  advisories: checkAdvisories,
  clinic: checkClinic,
});
