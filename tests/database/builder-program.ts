import { openCluster } from '../../database/cluster.ts';
import type { EngineAddress } from '../../database/engine.ts';

/** A process that builds one template, or hangs in the middle of it, and says so. */
const address = JSON.parse(process.argv[2] ?? '') as EngineAddress;
const cluster = await openCluster(address);
const template = await cluster.template('raced', async (database) => {
  const client = await database.asClinic();
  await client.query('CREATE TABLE built (by integer)');
  await client.end();
  console.log('building');
  if (process.argv[3] === 'hang') await new Promise(() => process.stdin.resume());
});
console.log(template.name);
await cluster.close();
