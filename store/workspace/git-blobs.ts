import { spawn } from 'node:child_process';

/** Blobs by id, as far as there is a git and it has them. Never asks another host. */
export async function readGitBlobs(
  root: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const output = await catFile(root, ids);
  return parseBatch(output);
}

function catFile(root: string, ids: readonly string[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const git = spawn('git', ['cat-file', '--batch'], {
      cwd: root,
      env: quietEnvironment(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // No git, no repository: it ends at once and there is nothing to read; its input may be closed by then.
    git.on('error', () => resolve(Buffer.alloc(0)));
    git.stdin.on('error', () => undefined);
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('close', () => resolve(Buffer.concat(chunks)));
    git.stdin.end(ids.map((id) => `${id}\n`).join(''));
  });
}

/** `GIT_DIR` and its kind would point it at another repository; a clone that is not whole would ask its origin. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return { ...Object.fromEntries(own), GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' };
}

/** `<id> blob <size>\n<bytes>\n` each, or `<id> missing\n`. */
function parseBatch(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>();
  for (let from = 0; from < output.length;) {
    const end = output.indexOf('\n', from);
    if (end === -1) break;
    const [id, type, size] = output.toString('utf8', from, end).split(' ');
    from = end + 1;
    if (id === undefined || size === undefined) continue;
    const bytes = output.subarray(from, from + Number(size));
    if (type === 'blob' && bytes.length === Number(size)) blobs.set(id, bytes);
    from += Number(size) + 1;
  }
  return blobs;
}
