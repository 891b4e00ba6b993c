/** A built control plane as a process of its own, and pages of other origins that embed it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../control-plane/dist/main.js', import.meta.url));
const onRequest = new URL('../../scripts/coverage/on-request.mjs', import.meta.url).href;

/** A running process. */
export interface ServerProcess {
  readonly url: string;
  readonly signInLink: string;
  readonly child: ChildProcess;
  /** Ends it by a signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts one and waits until it says that it runs. */
export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  const coverage = process.env['FLOWS_COVERAGE'];
  const counted = coverage ? { NODE_V8_COVERAGE: join(coverage, 'node') } : {};
  const child = spawn(process.execPath, [...(coverage ? ['--import', onRequest] : []), main], {
    env: { ...process.env, LOG_LEVEL: 'silent', ...counted, ...environment },
    stdio: coverage ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  // A flow that fails does not end its servers.
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  if (!child.stdout || !child.stderr) throw new Error('the server has no output');
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.includes('Ctrl-C')) break;
  }
  const signInLink = /http\S+#token=\S+/.exec(output)?.[0];
  if (!signInLink) throw new Error(`the server did not start: ${output}${String(child.stderr.read() ?? '')}`);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  return {
    url: new URL(signInLink).origin,
    signInLink,
    child,
    async end(signal) {
      // Who is killed writes nothing: what was counted is asked for first.
      if (coverage && signal === 'SIGKILL' && child.connected) {
        child.send('take-coverage');
        await Promise.race([once(child, 'message'), exited]);
      }
      child.kill(signal);
      return (await exited)[0];
    },
  };
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * A partner's site: one page that embeds the tutor. `setTutor` names the control plane once it is known; `policy` is the page's
 * Content-Security-Policy.
 */
export async function startPartner(
  host: string,
  { policy }: { readonly policy?: string } = {},
): Promise<{ readonly origin: string; setTutor(url: string): void; close(): void }> {
  let tutor = '';
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.end(`<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Partner</title><h1>Partner</h1>
      <script type="module" src="${tutor}/sdk/v1/voice-tutor.js"></script><voice-tutor site-key="pk_demo" topic="Linear equations" lang="en"></voice-tutor></html>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    setTutor(url) {
      tutor = url;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
