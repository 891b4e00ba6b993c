/** Programs under measurement as processes of their own: the built control plane, and bare servers to compare with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Starts a program with `measured.mjs` in it and waits for a line that matches. */
async function start(args, line, environment = {}) {
  const child = spawn(process.execPath, ['--import', new URL('./measured.mjs', import.meta.url).href, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (data) => (output += data));
  child.stderr.setEncoding('utf8').on('data', (data) => (output += data));
  const exited = once(child, 'exit');
  while (!line.test(output)) {
    const going = await Promise.race([once(child.stdout, 'data').then(() => true), exited.then(() => false)]);
    if (!going) throw new Error(`${args.join(' ')} did not start: ${output}`);
  }
  return {
    found: line.exec(output),
    output: () => output,
    /** Processor time used so far by all its threads, in microseconds. */
    async cpuMicros() {
      child.send('cpu');
      const [{ cpuMicros }] = await once(child, 'message');
      return cpuMicros;
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A bare server of this folder; it prints its port. */
export async function startBare(file, ...args) {
  const { found, ...bare } = await start([at(file), ...args], /^(\d+)$/m);
  return { ...bare, url: `http://127.0.0.1:${found[1]}` };
}

/** The emulator of the Live API, that never hears anything and answers everything with one long sentence. */
export async function startEmulator(...args) {
  const cli = at('../../tests/support/live-emulator/cli.ts');
  const { found, ...emulator } = await start(['--import', 'tsx', cli, '--port', '0', ...args], /(http:\/\/\S+)/);
  return { ...emulator, url: found[1] };
}

/** The built control plane with an embedded database that is forgotten afterwards. */
export async function startPlane(environment = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'voice-tutor-bench-'));
  const plane = await start([at('../../control-plane/dist/main.js')], /(http\S+)#token=(\S+)[^]*Ctrl-C/, {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: directory,
    DATABASE_URL: '',
    NATS_URL: '',
    GEMINI_API_KEY: '',
    VOICE_TTS: 'off',
    ...environment,
  });
  const { origin: url } = new URL(plane.found[1]);
  return {
    ...plane,
    url,
    /** Signs in and returns a function that calls the operators' interface. */
    async operator() {
      const headers = { 'content-type': 'application/json', origin: url };
      const answer = await fetch(`${url}/v1/operator/sign-in`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ token: plane.found[2] }),
      });
      const cookie = answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      return async (path, init = {}) => {
        const response = await fetch(`${url}/v1/operator${path}`, { ...init, headers: { ...headers, cookie } });
        if (!response.ok) throw new Error(`${path} was refused with ${response.status}: ${await response.text()}`);
        return response.json();
      };
    },
    async end() {
      await plane.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
