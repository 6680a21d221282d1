import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { computeBaseline } from '../../store/workspace/baseline.ts';
import { surveyApp, treeOf } from '../../store/workspace/file-tree.ts';
import { openWorkspace, type Workspace } from '../../store/workspace/workspace.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

export const SHIPPED: Readonly<Record<string, string | Buffer>> = {
  'app/package.json': '{}\n',
  'app/src/search.ts': 'export const search = 1;\n',
  'app/src/views/notes.ts': 'line one\r\nline two\r\n',
  'app/public/logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe]),
  'app/no-newline.txt': 'no newline',
};

/** A small workshop on disk, its manifest made of what is shipped. */
export async function workshopFolder(shipped = SHIPPED): Promise<string> {
  const root = await temporaryFolder(shipped);
  const manifest = computeBaseline(treeOf(await surveyApp(root)));
  await writeFiles(root, { 'steps/baseline.json': JSON.stringify(manifest) });
  return root;
}

export async function openedWorkshop(): Promise<Workspace> {
  return openWorkspace({ root: await workshopFolder() });
}

export async function git(root: string, ...args: readonly string[]): Promise<string> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'core.autocrlf=false'];
  const { stdout } = await promisify(execFile)('git', [...identity, ...args], { cwd: root });
  return stdout;
}

export function textIn(root: string, path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** The learner saves a file. */
export async function edit(root: string, path: string, text: string): Promise<void> {
  await writeFile(join(root, path), text);
}

export function shown(tree: ReadonlyMap<string, Buffer>): Record<string, string> {
  return Object.fromEntries([...tree].map(([path, bytes]) => [path, bytes.toString('latin1')]));
}
