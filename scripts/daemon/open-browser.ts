import { spawn } from 'node:child_process';

/** Shows an address in the browser. Where that can't be done nothing happens: the address was printed. */
export function openBrowser(url: string): void {
  const [command, ...args] = openerOf(process.platform);
  if (command === undefined) return;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** Nobody looks at a pipeline's browser. */
export function mayOpenBrowser(environment: NodeJS.ProcessEnv): boolean {
  return (environment['CI'] ?? '') === '';
}

/** The command that shows an address, and its arguments before the address. */
export const openerOf = (platform: NodeJS.Platform): readonly string[] => OPENERS[platform] ?? ['xdg-open'];

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // `start` is a word of cmd; its first quoted argument would be a window's title.
  win32: ['cmd', '/c', 'start', ''],
};
