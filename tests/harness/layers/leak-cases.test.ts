import { describe, expect, test } from 'vitest';
import { findLeaks, type Leak } from '../../../harness/layers/leaks.ts';
import { type Answer, modelFolder, readAnswers, readCases } from './leak-cases.ts';

// What docker 26.1 answered is recorded, so this needs no engine.
describe('the model against the recorded answers of a real engine', () => {
  const answers = readAnswers();
  const cases = [...readCases()];

  test('holds every one of the 103 cases', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(answers).sort());
    expect(cases).toHaveLength(103);
  });

  test.for(cases)('%s', ([name, files]) => {
    const answer = answers[name];
    const model = modelFolder(files);
    const leaks = findLeaks(model);
    const undecided =
      leaks.some(({ certain }) => !certain) ||
      model.events.some((event) => event.kind === 'not-followed' && event.secrets.length > 0);
    expect(undecided).toBe(UNDECIDED.includes(name));
    if (undecided || answer === undefined) return;
    const failed = model.events.filter(({ kind }) => kind === 'build-error');
    expect(failed.length === 0, JSON.stringify(failed)).toBe(answer.built);
    if (answer.built) expect(summarize(leaks)).toEqual(DIFFERENT[name] ?? expected(answer));
  });
});

/** The model says that it can't tell: it never guesses. */
const UNDECIDED = ['44-node-e', '45-node-e-ok', 'a9-find-exec', 'c6-awk', 'c7-node-script', 'd3-fail-prints'];

const NOTHING = { config: [], history: [], output: [] };

const DIFFERENT: Readonly<Record<string, Summary>> = {
  // The recorded search looked for base64 of one value; in base64 of a whole file the letters are shifted.
  '16-derived-base64': {
    ...NOTHING,
    layers: {
      DB_PASSWORD: ['/app/dist/cfg'],
      NPM_TOKEN: ['/app/dist/cfg'],
      PAYMENT_API_KEY: ['/app/dist/cfg'],
    },
  },
  // The engine that answered kept npm's cache in another folder, and npm puts the time into the name of its log.
  '20-mount-secret-npmrc': {
    ...NOTHING,
    layers: { NPM_TOKEN: ['/root/.npm/_logs/debug-0.log', '/root/.npmrc'] },
  },
};

type Summary = Pick<Answer, 'layers' | 'config' | 'history' | 'output'>;

function summarize(leaks: readonly Leak[]): Summary {
  const layers: Record<string, string[]> = {};
  for (const { where, secret, place, hidden } of leaks) {
    if (where !== 'layer') continue;
    const known = (layers[secret] ??= []);
    const shown = hidden ? `${place} (hidden)` : place;
    if (!known.includes(shown)) known.push(shown);
  }
  const names = (where: Leak['where']) =>
    [...new Set(leaks.flatMap((leak) => (leak.where === where ? [leak.secret] : [])))].sort();
  for (const places of Object.values(layers)) places.sort();
  return { layers, config: names('config'), history: names('history'), output: names('output') };
}

const expected = ({ layers, config, history, output }: Answer): Summary => ({
  layers: Object.fromEntries(Object.entries(layers).map(([name, places]) => [name, [...places].sort()])),
  config: [...config].sort(),
  history: [...history].sort(),
  output: [...output].sort(),
});
