import type { LiveClinicState } from '../../runner/live-clinic.ts';
import { renderProblem } from './render-error.ts';
import { foldFinding } from './render-finding.ts';
import type { Terminal } from './terminal.ts';

/** Says when the clinic runs for the first time, when it does not, and when it does again. */
export function createClinicNarrator(
  terminal: Pick<Terminal, 'out' | 'paint' | 'columns'>,
): (state: LiveClinicState) => void {
  const { out, paint, columns } = terminal;
  let known: 'nothing' | 'running' | 'broken' = 'nothing';
  return (state) => {
    switch (state.state) {
      case 'starting':
        return;
      case 'running':
        if (known !== 'running') out(paint.dim(`The clinic runs: ${state.url}`));
        known = 'running';
        return;
      case 'failed':
        known = 'broken';
        out(`${paint.red('✗')} ${paint.bold(BROKEN)}`);
        return out(foldFinding(state.finding, columns, paint));
      case 'errored':
        known = 'broken';
        return out(renderProblem(state.problem, columns, paint));
      default:
        return state satisfies never;
    }
  };
}

const BROKEN = 'The clinic does not run with these files; it starts again when you save.';
