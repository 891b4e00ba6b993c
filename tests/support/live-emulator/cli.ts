/** The emulator as a command: prints its address as one line, and stops cleanly on Ctrl-C or SIGTERM. */
import { readFile } from 'node:fs/promises';
import { parseCli, USAGE } from './cli-arguments.js';
import { createLiveEmulator, type LiveEmulator, type LiveEmulatorOptions } from './emulator.js';
import { parseScript } from './scenario.js';

await run();

async function run(): Promise<void> {
  const request = parseCli(process.argv.slice(2));
  if (request.type === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  if (request.type === 'wrong') return fail(request.message);
  const { options, scriptFile } = request;
  const script = scriptFile === undefined ? {} : await readScript(scriptFile);
  if (script === undefined) return;
  const emulator = await start({ ...script, ...options });
  if (emulator === undefined) return;
  const stop = (): void => void emulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(`${emulator.url}\n`);
}

async function readScript(file: string): Promise<Pick<LiveEmulatorOptions, 'utterances' | 'scenarios'> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    fail(`The script file "${file}" cannot be read.`);
    return undefined;
  }
  const parsed = parseScript(text);
  if (!parsed.ok) {
    fail(parsed.message);
    return undefined;
  }
  const { utterances, scenarios } = parsed.script;
  return { ...(utterances === undefined ? {} : { utterances }), ...(scenarios === undefined ? {} : { scenarios }) };
}

async function start(options: LiveEmulatorOptions): Promise<LiveEmulator | undefined> {
  try {
    return await createLiveEmulator(options);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    fail(
      code === 'EADDRINUSE'
        ? `Port ${options.port ?? 0} is already in use; choose another with --port.`
        : `The emulator cannot listen on ${options.host ?? '127.0.0.1'}:${options.port ?? 0} (${code ?? 'unknown reason'}).`,
    );
    return undefined;
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
