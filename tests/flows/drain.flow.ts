/** A real process with an open lesson that is told to stop: it tells the page, waits, closes with 1012 and exits cleanly. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './flow.js';
import { WebSocket } from 'ws';
import { DownMessage } from '../../sdk/src/contracts/voice.js';
import { startServer, type ServerProcess } from './server.js';

const origin = 'http://school.example';
// Two databases are made from nothing; a machine that is busy takes its time for that.
test.describe.configure({ timeout: 180_000 });
let directory: string;
test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vt-drain-'));
});
test.afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function lesson(server: ServerProcess) {
  const response = await fetch(`${server.url}/v1/sites/pk_demo/sessions`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ consent: { given: true, version: 1 }, lang: 'en' }),
  });
  const { token, voiceUrl } = (await response.json()) as { token: string; voiceUrl: string };
  const socket = new WebSocket(voiceUrl, 'voice-tutor.v1', { origin });
  const messages: DownMessage[] = [];
  const closed = once(socket, 'close') as Promise<[number]>;
  const first = (type: DownMessage['type']) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!messages.some((message) => message.type === type)) return;
        socket.off('message', look);
        resolve();
      };
      socket.on('message', look);
      look();
    });
  socket.on('message', (data: Buffer, binary) => {
    if (!binary) messages.push(DownMessage.parse(JSON.parse(data.toString('utf8'))));
  });
  await once(socket, 'open');
  socket.send(
    JSON.stringify({ type: 'hello', auth: { kind: 'session', token }, isolation: 'worker', release: '0.1.0' }),
  );
  await first('ready');
  return { socket, first, closed };
}

test('SIGTERM tells the page, closes it with 1012 when its time is over, and ends with 0', async () => {
  const server = await startServer({ PORT: '0', DATA_DIR: directory, DEMO_ORIGINS: origin, VOICE_TTS: 'off' });
  const page = await lesson(server);
  const ended = server.end('SIGTERM');
  await page.first('draining');
  expect((await page.closed)[0]).toBe(1012);
  expect(await ended).toBe(0);
});

test('SIGTERM waits no longer than until the last page has moved', async () => {
  const server = await startServer({ PORT: '0', DATA_DIR: directory, DEMO_ORIGINS: origin, VOICE_TTS: 'off' });
  const page = await lesson(server);
  const ended = server.end('SIGTERM');
  await page.first('draining');
  page.socket.close();
  // Answered by the gateway as the page's own close; 1012 would say that it was cut off.
  expect((await page.closed)[0]).toBe(1005);
  expect(await ended).toBe(0);
});
