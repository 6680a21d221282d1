import type { Run } from '../../harness/run.ts';
import { images } from './images.ts';

/** The compose file and the Dockerfile, which are in everybody's checkout, name no value. */
export async function writtenDown(run: Run): Promise<void> {
  const { compose, secrets, context, builds } = await run.once(images);
  if (compose !== null && compose.problem !== null)
    run.report({
      ruleId: 'secrets/compose-unreadable',
      message: `Docker can't read ${compose.file}: ${compose.problem}.`,
      why: "Nobody can start the clinic with it, and what it gives away can't be told.",
      location: { file: compose.file },
    });
  const files = [
    ...(compose === null
      ? []
      : [{ file: compose.file, text: `${compose.text}\n${compose.strings.join('\n')}` }]),
    ...builds.map(({ file }) => ({
      file,
      text: context.get(file.slice('app/'.length))?.bytes.toString('utf8') ?? '',
    })),
  ];
  for (const { file, text } of new Map(files.map((each) => [each.file, each])).values()) {
    const names = [...secrets.find(text).keys()];
    if (names.length === 0) continue;
    const line = text.split('\n').findIndex((each) => secrets.find(each).size > 0) + 1;
    run.report({
      ruleId: 'secrets/written-down',
      message: `${file} holds the value of ${names.join(', ')}.`,
      tried: 'Search the file for the values of your secret files, also encoded.',
      expected: 'Names of variables, files or secrets. The value comes from outside.',
      observed: 'The value itself, in a file that is committed.',
      why: 'It is in every clone and in every later version of the history.',
      location: {
        file,
        ...(line > 0 &&
        line <= (context.get(file.slice('app/'.length))?.bytes.toString('utf8').split('\n').length ?? 0)
          ? { line }
          : {}),
      },
    });
  }
}
