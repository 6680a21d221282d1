import { openCluster } from '../../database/cluster.ts';
import type { EngineAddress } from '../../database/engine.ts';

/** A process that makes one clone in the cluster it is given, names it, and waits to be killed. */
const address = JSON.parse(process.argv[2] ?? '') as EngineAddress;
const cluster = await openCluster(address);
const template = await cluster.template('owned', async () => undefined);
const clone = await cluster.clone(template, 'owned');
console.log(clone.name);
process.stdin.resume();
