import type { Terminal } from './terminal.ts';

/** Calls back with each key as it is pressed, without Enter. Returns the end of it, which gives the terminal back. */
export function listenForKeys({ stdin }: Terminal, onKey: (key: string) => void): () => void {
  const hear = (chunk: Buffer) => {
    for (const key of chunk.toString('utf8')) onKey(key);
  };
  stdin.setRawMode(true);
  stdin.on('data', hear);
  stdin.resume();
  return () => {
    stdin.off('data', hear);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

/** Ctrl+C and Ctrl+D, which a raw terminal hands over as letters. */
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
