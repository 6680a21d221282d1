import { z } from 'zod';
import type { FileNode } from '../../harness/layers/image/file-node.ts';
import { packageOf } from '../../harness/layers/run/commands/packages.ts';
import type { Image } from './images.ts';

/** Is this file of no use to the running clinic? */
export function isWaste(image: Image, path: string, node: FileNode): boolean {
  return (
    isPackageList(path) || isTool(path) || isFromTheDesk(node) || developmentPackage(image, path) !== null
  );
}

/** Lists of packages that an installation leaves. */
export const isPackageList = (path: string): boolean => /^\/var\/(lib\/apt\/lists|cache\/apk)\//.test(path);

export function isTool(path: string): boolean {
  const name = packageOf(path);
  return name !== null && TOOLS.has(name);
}

/** From the folder of whoever builds: history, installed packages, logs, own settings. */
export const isFromTheDesk = ({ origin }: FileNode): boolean =>
  origin.kind === 'context' && /^(\.git\/|node_modules\/|npm-debug\.log$|\.env$)/.test(origin.path);

/** The name of the development dependency that this file marks; `null` when it is none. */
export function developmentPackage({ model }: Image, path: string): string | null {
  const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1];
  if (name === undefined || path.startsWith('/usr/')) return null;
  const { dependencies, devDependencies } = manifest(model.input.context.get('package.json')?.bytes);
  if (!(name in devDependencies) || name in dependencies) return null;
  // Something that runs may need the same package: the lock knows.
  return neededToRun(model.input.context.get('package-lock.json')?.bytes, name) ? null : name;
}

function neededToRun(lock: Buffer | undefined, name: string): boolean {
  const parsed = lockSchema.safeParse(readJson(lock));
  const entry = parsed.success ? parsed.data.packages[`node_modules/${name}`] : undefined;
  return entry !== undefined && !entry.dev && !entry.devOptional;
}

function manifest(bytes: Buffer | undefined): z.infer<typeof manifestSchema> {
  const parsed = manifestSchema.safeParse(readJson(bytes));
  return parsed.success ? parsed.data : { dependencies: {}, devDependencies: {} };
}

function readJson(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? 'null');
  } catch {
    return null;
  }
}

const names = z.record(z.string(), z.unknown()).default({});
const manifestSchema = z.object({ dependencies: names, devDependencies: names });
const flag = z.boolean().default(false);
const lockSchema = z.object({ packages: z.record(z.string(), z.object({ dev: flag, devOptional: flag })) });

/** Useful at a desk; of no use to a process that serves pages. */
const TOOLS = new Set(
  [
    'vim vim-tiny neovim nano emacs less man-db git git-lfs subversion openssh-client openssh-server sudo',
    'curl wget telnet net-tools iputils-ping iputils dnsutils bind-tools tcpdump nmap netcat netcat-openbsd traceroute',
    'htop procps strace lsof gdb build-essential build-base gcc g++ make cmake python3 python2 python perl npm yarn',
  ].flatMap((line) => line.split(' ')),
);
