import { createInterface } from 'node:readline';
import { startEngine } from '../../database/engine.ts';

/** A process that uses the engine under the folder it is given, until its input ends. */
const home = process.argv[2];
if (home === undefined) throw new Error('which home?');
const lines: string[] = [];
const engine = await startEngine({ home, force: 'native', onProgress: (line) => lines.push(line) });
console.log(JSON.stringify({ address: engine.address, lines }));
createInterface({ input: process.stdin }).on('close', () => void engine.close());
