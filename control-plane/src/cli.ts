/** The `voice-tutor` command: picks the subcommand, prints what it gives, sets the exit code. */
import { askUsage, runAsk, type CommandResult } from './tutor/command/ask.js';

const commands: ReadonlyMap<string, (args: readonly string[]) => CommandResult> = new Map([['ask', runAsk]]);
const usage = `Usage: voice-tutor COMMAND\n\n  ${askUsage}\n      answers one question, with every step; exit code 3 when it honestly cannot\n`;

const [name = '', ...args] = process.argv.slice(2);
const command = commands.get(name);
if (command !== undefined) {
  const { exitCode, stdout, stderr } = command(args);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
} else if (name === '--help' || name === '-h') {
  process.stdout.write(usage);
} else {
  process.stderr.write(name === '' ? usage : `There is no command ${JSON.stringify(name)}.\n${usage}`);
  process.exitCode = 2;
}
