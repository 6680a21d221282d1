import type { Evidence } from '../../model/evidence.ts';
import type { Finding, Location } from '../../model/finding.ts';
import type { Paint } from './paint.ts';
import { printable, shortened } from './printable.ts';
import { renderEvidence } from './render-evidence.ts';
import { hang } from './wrap.ts';

/** A finding in full: what was tried, expected and observed, where to look, why it matters, what proves it. */
export function renderFinding(finding: Finding, columns: number, paint: Paint): string {
  const fact = (name: string, text: string | undefined) =>
    text === undefined ? [] : [renderFact(name, shortened(printable(text), LONGEST_FACT), columns, paint)];
  return [
    paint.bold(hang('  ', printable(finding.message), columns)),
    ...fact('tried', finding.tried),
    ...fact('expected', finding.expected),
    ...fact('observed', finding.observed),
    ...fact('where', finding.location && placeOf(finding.location)),
    ...fact('why', finding.why),
    ...fact('rule', finding.ruleId),
    ...(finding.evidence ?? [])
      .filter((evidence) => !isSaid(evidence, finding))
      .map((evidence) => renderEvidence(evidence, columns, paint)),
  ].join('\n');
}

/** A finding in one line. */
export function foldFinding(finding: Finding, columns: number, paint: Paint): string {
  const [first = ''] = printable(finding.message).split('\n');
  const place = finding.location === undefined ? '' : `  ${placeOf(finding.location)}`;
  const room = Math.max(20, columns - place.length - 6);
  const glyph = finding.level === 'error' ? paint.red('✗') : paint.yellow('·');
  return `  ${glyph} ${shortened(first, room)}${paint.dim(place)}`;
}

/** `app/src/views/search.ts:31:5`, as editors and terminals make a link of it. */
export function placeOf({ file, line, column }: Location): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** A comparison that repeats what was just said under `expected` and `observed`. */
function isSaid(evidence: Evidence, { expected, observed }: Finding): boolean {
  return evidence.kind === 'comparison' && evidence.expected === expected && evidence.observed === observed;
}

function renderFact(name: string, text: string, columns: number, paint: Paint): string {
  const label = `    ${name.padEnd(LABEL)}`;
  return hang(label, text, columns).replace(label, paint.dim(label));
}

const LABEL = 'observed'.length + 2;
const LONGEST_FACT = 600;
