import type { Evidence } from '../../../model/evidence.ts';
import type { Html } from '../html.ts';
import { comparison } from './comparison.ts';
import { dependencies } from './dependencies.ts';
import { exchange } from './exchange.ts';
import { layers } from './layers.ts';
import { outline } from './outline.ts';
import { schema } from './schema.ts';
import { sourceMarks } from './source-marks.ts';
import { statements } from './statements.ts';

/** What proves a finding, as text and tables. */
export function renderEvidence(evidence: Evidence): Html {
  switch (evidence.kind) {
    case 'comparison':
      return comparison(evidence);
    case 'exchange':
      return exchange(evidence);
    case 'statements':
      return statements(evidence);
    case 'schema':
      return schema(evidence);
    case 'source-marks':
      return sourceMarks(evidence);
    case 'outline':
      return outline(evidence);
    case 'dependencies':
      return dependencies(evidence);
    case 'layers':
      return layers(evidence);
    default:
      return evidence satisfies never;
  }
}
