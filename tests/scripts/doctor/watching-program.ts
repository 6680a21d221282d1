import { examineWatching } from '../../../scripts/doctor/watching.ts';

// A process of its own, to be run where watches are few: `watching-program.ts ROOT` prints the diagnosis.
const [root = ''] = process.argv.slice(2);
const { platform, version: nodeVersion, env: environment } = process;
const ports = { guide: 0, clinic: 0 };
const signal = AbortSignal.timeout(10_000);
const diagnosis = await examineWatching.examine({ root, platform, nodeVersion, environment, ports }, signal);
process.stdout.write(JSON.stringify(diagnosis));
