import { defineChecks } from '../../harness/checks.ts';
import { builds } from './builds.ts';
import { writtenDown } from './written-down.ts';
import { configuration, layers, output } from './leaks.ts';
import { runTime } from './run-time.ts';

export default defineChecks(import.meta.dirname, {
  builds,
  layers,
  configuration,
  output,
  'written-down': writtenDown,
  'run-time': runTime,
});
