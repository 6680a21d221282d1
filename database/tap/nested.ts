/** The statement in a notice of auto_explain, which writes `Query Text: …` and then the plan; else `null`. */
export function nestedStatement(message: string): string | null {
  const begin = message.indexOf(LABEL);
  if (begin < 0) return null;
  const lines = message.slice(begin + LABEL.length).split('\n');
  const plan = lines.findIndex((line, index) => index > 0 && line.includes('(cost='));
  return lines.slice(0, plan < 0 ? 1 : plan).join('\n');
}

const LABEL = 'Query Text: ';
