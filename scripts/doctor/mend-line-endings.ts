import { openWorkspace } from '../../store/workspace/workspace.ts';
import { withCarriageReturns } from './line-endings.ts';

/** Ends every line of `app/` with LF, after a backup. The paths that were changed. */
export async function mendLineEndings(root: string): Promise<readonly string[]> {
  const workspace = await openWorkspace({ root });
  const files = await workspace.files();
  const paths = withCarriageReturns(files);
  const changes = new Map(
    paths.map((path) => [path, Buffer.from(withLineFeeds(files.get(path) ?? Buffer.alloc(0)), 'latin1')]),
  );
  if (changes.size > 0) await workspace.write(changes, 'line endings');
  return paths;
}

/** Byte for byte: whatever the encoding is, nothing else may change. */
const withLineFeeds = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\r\n', '\n');
