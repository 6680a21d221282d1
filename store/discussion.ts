import type { Level } from '../model/event.ts';
import { headedSections } from './headed-sections.ts';

/** A discussion.md, taken apart so that each question gets a place for an answer. All texts are Markdown. */
export interface Discussion {
  /** Everything before the rubric and the questions, and whatever fits nowhere else. */
  readonly points: string;
  /** What an engineer of each level would say; a level that nobody wrote is not there. */
  readonly rubric: readonly { readonly level: Level; readonly text: string }[];
  /** Each on one line. Answers are kept by this text, so that a question in between moves none. */
  readonly questions: readonly string[];
  /** What comes last: where to read on. */
  readonly reading: string;
}

/** Takes the sections by the words of their headings; a text without any is all points. */
export function splitDiscussion(markdown: string): Discussion {
  const sections = headedSections(markdown);
  const lead = sections[0] === undefined ? markdown : markdown.slice(0, markdown.indexOf(sections[0].text));
  const points = lead.trim() === '' ? [] : [lead.trim()];
  const reading: string[] = [];
  const rubric: { level: Level; text: string }[] = [];
  const questions: string[] = [];
  for (const { heading, body, text } of sections) {
    const level = LEVEL_WORDS.find(([, word]) => word.test(heading))?.[0];
    if (level !== undefined) rubric.push({ level, text: body });
    else if (QUESTIONS.test(heading)) questions.push(...listItems(body));
    else (READING.test(heading) ? reading : points).push(text);
  }
  return { points: points.join('\n\n'), rubric, questions, reading: reading.join('\n\n') };
}

/** Items of the outermost list, numbered or not, each with its further lines. */
function listItems(text: string): string[] {
  const items: string[][] = [];
  for (const line of text.split('\n')) {
    const begun = /^(?:\d+[.)]|[-*+]) +(.*)$/.exec(line)?.[1];
    if (begun !== undefined) items.push([begun]);
    else items.at(-1)?.push(line);
  }
  return items.map((lines) => lines.join(' ').replaceAll(/\s+/g, ' ').trim());
}

const LEVEL_WORDS: readonly (readonly [Level, RegExp])[] = [
  ['junior', /\bjunior\b/i],
  ['mid-level', /\bmid-?level\b/i],
  ['senior', /\bsenior\b/i],
];
const QUESTIONS = /^questions\b/i;
const READING = /\breading\b/i;
