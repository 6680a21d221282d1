import { runCommand } from './run-command.ts';
import { createTerminal } from './terminal/terminal.ts';

// The entry of every command: `node launch/run.js scripts/cli.ts <verb>`. The process ends when nothing is open any more.
process.exitCode = await runCommand(process.argv.slice(2), createTerminal(process));
