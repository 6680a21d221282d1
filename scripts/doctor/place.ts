import { access, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join, resolve } from 'node:path';
import { type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

/** Where the workshop lies: what slows it down, hides saves from it, or confuses other programs. */
export const examinePlace: Examination = {
  id: 'place',
  title: 'Folder',
  async examine({ root, platform }) {
    const mounts = platform === 'linux' ? await readFile('/proc/mounts', 'utf8').catch(() => '') : '';
    const foldsCase = await access(join(root, 'PACKAGE.JSON')).then(
      () => true,
      () => false,
    );
    return diagnosePlace({ root: resolve(root), platform, mounts, release: release(), foldsCase });
  },
};

export interface Place {
  readonly root: string;
  readonly platform: NodeJS.Platform;
  /** As `/proc/mounts` lists them; empty elsewhere. */
  readonly mounts: string;
  /** Of the kernel; WSL names Microsoft in it. */
  readonly release: string;
  /** `A.txt` and `a.txt` are one file. */
  readonly foldsCase: boolean;
}

export function diagnosePlace({ root, platform, mounts, release, foldsCase }: Place): Diagnosis {
  const system = fileSystemOf(root, mounts);
  if (/microsoft/i.test(release) && /^\/mnt\/[a-z](\/|$)/.test(root))
    return warning('on a Windows drive, seen from WSL: slow, and saves may go unseen', FROM_WSL);
  const service = SYNCHRONISED.find(([pattern]) => pattern.test(root))?.[1];
  if (service !== undefined)
    return warning(
      `inside ${service}, which copies and locks files while they are being written`,
      MOVE(platform),
    );
  if (NETWORK.test(system) || /^(\\\\|\/\/)[^\\/.?]/.test(root))
    return warning(
      `on a network drive${system === '' ? '' : ` (${system})`}: slow, and saves may go unseen`,
      MOVE(platform),
    );
  const longest = platform === 'win32' ? LONGEST_ON_WINDOWS : LONGEST;
  if (root.length > longest)
    return warning(
      `its path is ${root.length} characters long, and ${longest} is what other programs bear`,
      MOVE(platform),
    );
  const odd = /[#%?*"'`$!&;|<>\\]/.exec(platform === 'win32' ? root.replaceAll('\\', '') : root)?.[0];
  if (odd !== undefined)
    return warning(`its path holds ${odd}, which other programs may misread`, MOVE(platform));
  const notes = [
    ...(/\s/.test(root) ? ['blanks'] : []),
    ...(/[^\u0020-\u007e]/.test(root) ? ['letters beyond ASCII'] : []),
  ];
  const path = notes.length === 0 ? 'a plain path' : `a path with ${notes.join(' and ')}, which is fine`;
  return ok(`${path} on a local disk${foldsCase ? '; upper and lower case are one here' : ''}`);
}

/** The type of the innermost mount that holds the folder. */
function fileSystemOf(root: string, mounts: string): string {
  const found = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, point = '', type = '']) => ({ point: point.replaceAll('\\040', ' '), type }))
    .filter(({ point }) => point === '/' || root === point || root.startsWith(`${point}/`))
    .sort((a, b) => b.point.length - a.point.length);
  return found[0]?.type ?? '';
}

const NETWORK = /^(nfs\d?|cifs|smb\w*|9p|drvfs|afpfs|fuse\.(sshfs|s3fs|rclone|gcsfuse)|vboxsf|vmhgfs|davfs)$/;
const SYNCHRONISED: readonly (readonly [RegExp, string])[] = [
  [/[\\/]OneDrive\b/i, 'OneDrive'],
  [/[\\/]Dropbox\b/i, 'Dropbox'],
  [/[\\/](Google ?Drive|My Drive|GoogleDrive-)/i, 'Google Drive'],
  [/[\\/]Library[\\/]Mobile Documents\b|[\\/]iCloud ?Drive\b/i, 'iCloud Drive'],
  [/[\\/]Library[\\/]CloudStorage[\\/]/, 'a cloud drive'],
  [/[\\/](Nextcloud|ownCloud|Syncthing|Box Sync)\b/i, 'a synchronised folder'],
];
/** Windows programs that know no long paths stop at 260, and node_modules needs some of it. */
const LONGEST_ON_WINDOWS = 120;
const LONGEST = 200;
const FROM_WSL = 'git clone this repository again below your Linux home: cd ~ && git clone …';
const MOVE = (platform: NodeJS.Platform) =>
  platform === 'win32'
    ? 'Move the folder to a short path on this computer, such as C:\\second-opinion, then run: npm ci'
    : 'Move the folder to a plain path on this computer, such as ~/second-opinion, then run: npm ci';
