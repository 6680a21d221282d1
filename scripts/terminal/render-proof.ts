import { duration } from '../../docs/components/clock.ts';
import type { Step } from '../../model/step.ts';
import type { Proof } from '../../runner/verify-proof.ts';
import type { Look } from './looks.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { hang } from './wrap.ts';

/** One line for what was tried, and what was wrong below it. */
export function renderProof(proof: Proof, columns: number, paint: Paint): string {
  const { glyph, word, colour } = LOOKS[proof.outcome];
  const line = [
    paint[colour](`${glyph} ${word.padEnd(WIDEST_WORD)}`),
    proof.kind.padEnd(WIDEST_KIND),
    proof.name,
    paint.dim(duration(proof.durationMs)),
  ].join('  ');
  return [line, ...proof.faults.map((fault) => hang('      ', printable(fault), columns))].join('\n');
}

/** How many of each kind are proven, a line a step. */
export function renderProofs(steps: readonly Step[], proofs: readonly Proof[], paint: Paint): string {
  const widest = Math.max(...steps.map((step) => step.slug.length));
  const lines = steps.map((step) => {
    const mine = proofs.filter(({ slug }) => slug === step.slug);
    const cells = KINDS.flatMap((kind) => tally(kind, mine));
    const milliseconds = mine.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const { glyph, word, colour } = LOOKS[worst(mine)];
    const state = paint[colour](`${glyph} ${word.padEnd(WIDEST_WORD)}`);
    const number = String(step.number).padStart(2);
    return `${state}  ${number}  ${step.slug.padEnd(widest)}  ${cells.join(', ')}, ${duration(milliseconds)}`;
  });
  return lines.join('\n');
}

/** How many random orders are proven, and the seed that gives the same ones again. */
export function renderOrders(proofs: readonly Proof[], seed: number, paint: Paint): string {
  const { glyph, word, colour } = LOOKS[worst(proofs)];
  const proven = proofs.filter(({ outcome }) => outcome === 'proven').length;
  return `${paint[colour](`${glyph} ${word}`)}  ${proven} of ${proofs.length} orders  ${paint.dim(`--seed ${seed}`)}`;
}

export function proofsInJson(steps: readonly Step[], proofs: readonly Proof[]): string {
  const listed = steps.map(({ number, slug }) => ({
    number,
    slug,
    proofs: proofs.filter((proof) => proof.slug === slug).map(({ slug: _, ...proof }) => proof),
  }));
  return JSON.stringify({ steps: listed }, null, 2);
}

function tally(kind: Proof['kind'], proofs: readonly Proof[]): string[] {
  const ofKind = proofs.filter((proof) => proof.kind === kind);
  const proven = ofKind.filter(({ outcome }) => outcome === 'proven');
  return ofKind.length === 0 ? [] : [`${kind} ${proven.length}/${ofKind.length}`];
}

/** Nothing tried is nothing proven. */
function worst(proofs: readonly Proof[]): Proof['outcome'] {
  if (proofs.length === 0 || proofs.some(({ outcome }) => outcome === 'undecided')) return 'undecided';
  return proofs.some(({ outcome }) => outcome === 'refuted') ? 'refuted' : 'proven';
}

const KINDS = ['form', 'baseline', 'solution', 'earlier', 'alternative', 'mistake', 'order'] as const;
const LOOKS: Readonly<Record<Proof['outcome'], Look>> = {
  proven: { glyph: '✓', word: 'proven', colour: 'green' },
  refuted: { glyph: '✗', word: 'refuted', colour: 'red' },
  undecided: { glyph: '!', word: 'could not run', colour: 'yellow' },
};
const WIDEST_WORD = 'could not run'.length;
const WIDEST_KIND = 'alternative'.length;
