/** Pages of docs/content, with a title that the page replaces. */
export const SAMPLE_TEXTS = {
  glossary: `# Glossary

The words, each for one thing.

## Allow-list

What is accepted, written down by the program. [Step 7](/steps/sql-injection).

## Parameter

A value that travels beside a statement, as in “Jürgen’s search”.

## Verdict

What a run decided.
`,
  facilitator: `# For facilitators

This page is the plan.

## 45 minutes

| minute | what happens |
| --- | --- |
| 0 to 5 | Show the harm |
| 5 to 45 | [SQL injection](/steps/sql-injection) |

## What is missing from this project

### No logging

- **Junior**: would add a line that prints.
`,
} as const;
