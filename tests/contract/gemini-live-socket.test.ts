/** One connection to the Live service when the other end does not behave: refused, silent, strange. */
import { afterEach, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Verdict } from '../../control-plane/src/voice/providers/gemini-live/close-reasons.js';
import { liveUrl, openLiveSocket } from '../../control-plane/src/voice/providers/gemini-live/live-socket.js';
import type { ServerMessage } from '../../control-plane/src/voice/providers/gemini-live/messages.js';
import { createManualClock } from '../support/voice-room.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer();
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
/** Opens a connection; `ended` resolves with how it ended. */
function open(baseUrl: string, apiKey = 'key') {
  const clock = createManualClock();
  const messages: ServerMessage[] = [];
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  let onEnd = (_end: readonly [Verdict, number]) => {};
  const ended = new Promise<readonly [Verdict, number]>((resolve) => (onEnd = resolve));
  const socket = openLiveSocket({
    clock,
    apiKey,
    baseUrl,
    setup: { setup: {} },
    onReady,
    onMessage: (message) => void messages.push(message),
    onEnd: (verdict, code) => onEnd([verdict, code]),
  });
  return { clock, socket, messages, ready, ended };
}

describe('a connection to the Live service', () => {
  for (const [status, failure, retry] of [
    [429, 'quota', 'no'],
    [403, 'configuration', 'no'],
    [503, 'temporary', 'resume'],
  ] as const) {
    it(`that is refused with ${status} is a matter of ${failure}`, async () => {
      const { server, url } = await serve();
      server.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`));
      assert.deepEqual(await open(url).ended, [{ failure, retry }, status]);
    });
  }
  it('to nobody is lost, and worth another try', async () => {
    const { server, url } = await serve();
    server.close();
    await once(server, 'close');
    assert.deepEqual(await open(url).ended, [{ failure: 'temporary', retry: 'resume' }, 1006]);
  });
  it('with an address or a key that cannot be is a matter of configuration, told after it was opened', async () => {
    for (const { clock, socket, ended } of [open('nowhere'), open('http://127.0.0.1:1', 'a\nb')]) {
      assert.equal(socket.send({}, 'text'), false);
      clock.advance(0);
      assert.deepEqual(await ended, [{ failure: 'configuration', retry: 'no' }, 0]);
    }
    const closed = open('nowhere');
    let done = false;
    closed.socket.close(() => (done = true));
    assert.equal(done, true);
  });
  it('whose setup is not answered within 15 s is given up', async () => {
    const { server, url } = await serve();
    const upgrader = new WebSocketServer({ noServer: true });
    const asked = new Promise<void>((resolve) => {
      server.on('upgrade', (request, socket, head) =>
        upgrader.handleUpgrade(request, socket, head, (opened) => opened.once('message', () => resolve())),
      );
    });
    const { clock, ended, socket } = open(url);
    await asked;
    assert.equal(socket.send({}, 'audio'), false);
    clock.advance(15_000);
    assert.deepEqual(await ended, [{ failure: 'temporary', retry: 'resume' }, 0]);
  });
  it('leaves out what is no message, and cuts off a service that does not answer its close', async () => {
    const { server, url } = await serve();
    const upgrader = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) =>
      upgrader.handleUpgrade(request, socket, head, (opened) => {
        opened.once('message', () => {
          for (const frame of ['garbage', '[]', '5', '{"unheard":1}', '{"setupComplete":{}}']) opened.send(frame);
          // From here on it hears nothing, the close included.
          opened.pause();
        });
      }),
    );
    const { clock, socket, messages, ready } = open(url);
    await ready;
    assert.deepEqual(
      messages.map((message) => Object.keys(message)),
      [[], ['setupComplete']],
    );
    const closed = new Promise<void>((resolve) => socket.close(resolve));
    clock.advance(2000);
    await closed;
    assert.equal(socket.send({}, 'text'), false);
    await new Promise<void>((resolve) => socket.close(resolve));
  });
  it('is made below any base address', () => {
    const method = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
    assert.equal(liveUrl('https://a.example/'), `wss://a.example${method}`);
    assert.equal(liveUrl('http://a.example/prefix//'), `ws://a.example/prefix${method}`);
  });
});
