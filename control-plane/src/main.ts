/** Starts the control plane: listens first, so that a taken port is known before anything is opened; stops on SIGINT and SIGTERM. */
import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { assemble, type ControlPlane, type Places } from './assemble.js';
import { parseConfig, type Config } from './config.js';
import { createLog, type Log } from './platform/log.js';
import { OpenError } from './platform/open-error.js';
import { systemClock } from './platform/clock.js';

/** How long connections may take to finish when we stop. */
const GRACE_MS = 5000;

function refuse(...sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Listens, or says why not. */
function listen(server: Server, { PORT, HOST }: Config): Promise<number> {
  return new Promise((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        refuse(`Port ${PORT} is taken on ${HOST}; stop the program that has it or choose another with PORT.`);
      if (error.code === 'EACCES')
        refuse(`Port ${PORT} needs more rights than this user has; choose one above 1023 with PORT.`);
      refuse(`Cannot listen on ${HOST}:${PORT} (${error.code ?? error.message}); check HOST and PORT.`);
    });
    server.listen(PORT, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function openLog({ LOG_LEVEL, LOG_FILE }: Config): Log {
  try {
    return createLog(LOG_LEVEL, LOG_FILE);
  } catch {
    return refuse(`The log file ${LOG_FILE ?? ''} cannot be written; choose another with LOG_FILE.`);
  }
}

const places: Places = (() => {
  const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  return {
    releases: at('../../sdk/dist/release'),
    loader: at('../../sdk/dist/loader/voice-tutor.js'),
    dashboard: at('./dashboard'),
    examples: at('../../examples'),
    seedFlags: at('../../feature-flags.json'),
  };
})();

const parsed = parseConfig(process.env);
if (!parsed.ok) refuse(...parsed.error);
const config = parsed.value;
const log = openLog(config);
const server = createServer();
// From the first moment: a request that nobody hears would wait for ever.
let plane: ControlPlane | null = null;
server.on('request', (request, response) => {
  if (plane) plane.handle(request, response);
  else response.writeHead(503, { 'Retry-After': '1' }).end();
});
server.on('upgrade', (request, socket, head) => {
  if (!plane) socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  else if (!plane.handleUpgrade(request, socket, head))
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
});

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  // While it still starts nothing was promised to anybody, and what is half made is made again next time.
  if (!plane) process.exit(0);
  systemClock.after(GRACE_MS, () => server.closeAllConnections());
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  await plane.stop();
  server.closeIdleConnections();
  await closed;
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());

const port = await listen(server, config);
const shownHost = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.HOST) ? 'localhost' : config.HOST;
const publicUrl = config.PUBLIC_URL ?? `http://${shownHost}:${port}`;

plane = await assemble(config, { log, places, publicUrl: () => publicUrl }).catch((error: unknown) => {
  if (error instanceof OpenError) return refuse(error.message);
  log.error({ error: error instanceof Error ? error : new Error(String(error)) }, 'starting failed');
  return refuse(`Voice Tutor cannot start: ${error instanceof Error ? error.message : String(error)}.`);
});

const link = await plane.access.issueSignInLink();
const examples = existsSync(places.examples) ? `  example page        ${publicUrl}/examples/plain-html/\n` : '';
process.stdout.write(
  `\nVoice Tutor is running, listening on port ${port}.\n\n${examples}  dashboard, sign in  ${link}\n                      (good once)\n\nCtrl-C stops it.\n`,
);
