export interface HeadedSection {
  readonly heading: string;
  /** Markdown below the heading, without blank lines around it. */
  readonly body: string;
  /** Heading and body as they were written. */
  readonly text: string;
}

/** The `## ` sections of a text, in order. A `## ` inside a fenced block is code; what stands before the first is left out. */
export function headedSections(text: string): readonly HeadedSection[] {
  const sections: { heading: string; lines: string[] }[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && line.startsWith('## ')) {
      sections.push({ heading: line.slice(3).trim(), lines: [] });
      continue;
    }
    if (mark !== undefined && fence === null) fence = mark;
    else if (mark !== undefined && fence !== null && mark.startsWith(fence)) fence = null;
    sections.at(-1)?.lines.push(line);
  }
  return sections.map(({ heading, lines }) => {
    const below = lines.join('\n');
    return { heading, body: below.trim(), text: `## ${heading}\n${below}`.trim() };
  });
}
