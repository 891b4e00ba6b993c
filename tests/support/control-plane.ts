/** A whole control plane in this process, on a free port, with an embedded database that is forgotten afterwards. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { assemble } from '../../control-plane/src/assemble.js';
import { parseConfig } from '../../control-plane/src/config.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { signInOperator, type OperatorRequest } from './operator-client.js';

/** Address and stop of a running plane, and the cookie of a signed-in operator. */
export interface RunningPlane {
  readonly url: string;
  readonly origin: string;
  /** Calls the operators' API as somebody signed in. */
  readonly operator: OperatorRequest;
  stop(): Promise<void>;
}

/** A release of one small file, as the build would leave it. */
function writeRelease(directory: string): void {
  const code = 'export {};\n';
  mkdirSync(join(directory, '0.1.0'), { recursive: true });
  writeFileSync(join(directory, '0.1.0/voice-tutor.js'), code);
  const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
  writeFileSync(
    join(directory, '0.1.0/manifest.json'),
    JSON.stringify({
      version: '0.1.0',
      entry: 'voice-tutor.js',
      files: [{ path: 'voice-tutor.js', integrity, bytes: code.length }],
    }),
  );
  writeFileSync(join(directory, 'loader.js'), code);
  writeFileSync(join(directory, 'dashboard.html'), '<!doctype html><title>dashboard</title>');
}

/** Starts one; `environment` overrides the defaults, `publicUrl` the address under which it believes to be reached. */
export async function startPlane(environment: Record<string, string> = {}, publicUrl?: string): Promise<RunningPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'vt-plane-'));
  writeRelease(directory);
  const origin = 'http://school.example';
  const config = parseConfig({ DATA_DIR: 'memory://', DEMO_ORIGINS: origin, VOICE_TTS: 'off', ...environment });
  if (!config.ok) throw new Error(config.error.join(' '));
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plane = await assemble(config.value, {
    log: silentLog,
    places: {
      releases: directory,
      loader: join(directory, 'loader.js'),
      dashboard: directory,
      examples: resolve('examples'),
      seedFlags: resolve('feature-flags.json'),
    },
    publicUrl: () => publicUrl ?? url,
  });
  server.on('request', (request, response) => void plane.handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!plane.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const token = new URL(await plane.access.issueSignInLink()).hash.replace('#token=', '');
  const operator = await signInOperator({ url, origin: publicUrl ?? url, token });
  return {
    url,
    origin,
    operator,
    async stop() {
      const closed = new Promise<void>((done) => void server.close(() => done()));
      await plane.stop();
      server.closeAllConnections();
      await closed;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
