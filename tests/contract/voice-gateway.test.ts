import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import fc from 'fast-check';
import { DownMessage } from '../../sdk/src/contracts/voice.js';
import { AUDIO_KIND, encodeAudioFrame, parseAudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import { startPlane, type RunningPlane } from '../support/control-plane.js';

let plane: RunningPlane;
before(async () => {
  plane = await startPlane();
});
after(() => plane.stop());

const ask = (body: unknown, origin = plane.origin, key = 'pk_demo') =>
  fetch(`${plane.url}/v1/sites/${key}/sessions`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const wanted = { consent: { given: true, version: 1 }, lang: 'en' };
async function token(): Promise<string> {
  const response = await ask(wanted);
  assert.equal(response.status, 201);
  return ((await response.json()) as { token: string }).token;
}

/** A page's end of a socket, with what came so far. */
async function open(auth: object, origin = plane.origin) {
  const socket = new WebSocket(plane.url.replace('http', 'ws') + '/v1/voice', 'voice-tutor.v1', { origin });
  const messages: DownMessage[] = [];
  let frames = 0;
  const waiters: (() => void)[] = [];
  const wake = () => waiters.splice(0).forEach((waiter) => waiter());
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) frames += parseAudioFrame(data) ? 1 : 0;
    else messages.push(DownMessage.parse(JSON.parse(data.toString())));
    wake();
  });
  let closed: number | null = null;
  socket.on('close', (code) => {
    closed = code;
    wake();
  });
  socket.on('error', wake);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  socket.send(JSON.stringify({ type: 'hello', auth, isolation: 'worker', release: '0.1.0' }));
  const until = async <T>(pick: () => T | undefined | null | false): Promise<T> => {
    for (;;) {
      const found = pick();
      if (found) return found;
      assert.ok(closed === null || socket.readyState !== WebSocket.OPEN);
      await new Promise<void>((resolve) => waiters.push(resolve));
    }
  };
  return {
    socket,
    messages,
    until,
    frames: () => frames,
    closed: () => until(() => closed ?? false),
    say: (text: string, id = randomUUID()) => socket.send(JSON.stringify({ type: 'text', id, source: 'typed', text })),
    message: <K extends DownMessage['type']>(type: K) =>
      until(() => messages.find((message): message is Extract<DownMessage, { type: K }> => message.type === type)),
    turnEnds: (count: number) => until(() => messages.filter(({ type }) => type === 'turn-end').length >= count),
  };
}

describe('asking for a session', () => {
  it('refuses strangers, missing consent and strange shapes', async () => {
    assert.equal((await ask(wanted, 'http://evil.example')).status, 403);
    assert.equal((await ask(wanted, plane.origin, 'pk_nobody')).status, 404);
    assert.equal((await ask({ ...wanted, consent: { given: false, version: 1 } })).status, 400);
    assert.equal((await ask({ ...wanted, consent: { given: true, version: 2 } })).status, 403);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => assert.equal((await ask(body)).status, 400)),
      { numRuns: 25 },
    );
  });
});

describe('a lesson over the socket', () => {
  it('answers a typed problem with words, formulas and the right answer', async () => {
    const page = await open({ kind: 'session', token: await token() });
    const ready = await page.message('ready');
    assert.equal(ready.provider, 'default');
    page.say('show me all the steps for 2x + 3 = 11');
    await page.message('turn-end');
    const equations = page.messages.filter((message) => message.type === 'equation');
    assert.equal(equations.at(-1)?.role, 'answer');
    assert.match(equations.at(-1)?.latex.replaceAll(' ', '') ?? '', /x=4/);
    const learner = page.messages.find((message) => message.type === 'transcript' && message.speaker === 'learner');
    assert.equal(learner?.type === 'transcript' && learner.delta, 'show me all the steps for 2x + 3 = 11');
    const seqs = page.messages.flatMap((message) =>
      'seq' in message && message.type !== 'ready' ? [message.seq] : [],
    );
    assert.deepEqual(
      seqs,
      seqs.map((_, i) => i + 1),
    );
    page.socket.close();
  });
  it('answers a text that is sent twice once', async () => {
    const page = await open({ kind: 'session', token: await token() });
    await page.message('ready');
    const id = randomUUID();
    page.say('7 + 8', id);
    await page.turnEnds(1);
    page.say('7 + 8', id);
    page.say('1 + 1');
    await page.turnEnds(2);
    assert.equal(
      page.messages.filter((message) => message.type === 'transcript' && message.speaker === 'learner').length,
      2,
    );
    page.socket.close();
  });
  it('resumes with what was missed, once, and replaces the older socket', async () => {
    const first = await open({ kind: 'session', token: await token() });
    const { resumeToken } = await first.message('ready');
    first.say('7 + 8');
    await first.message('turn-end');
    const second = await open({ kind: 'resume', token: resumeToken, lastSeq: 2, lastTurn: 1 });
    assert.equal((await second.message('ready')).resumed, true);
    await first.closed().catch(() => 0);
    await second.until(() =>
      second.messages.some(
        (message) =>
          'seq' in message && message.seq === Math.max(...first.messages.map((seen) => ('seq' in seen ? seen.seq : 0))),
      ),
    );
    const after2 = first.messages.filter((message) => 'seq' in message && message.type !== 'ready' && message.seq > 2);
    assert.deepEqual(second.messages.filter(({ type }) => type !== 'ready').slice(0, after2.length), after2);
    assert.equal(await first.closed(), 4409);
    const third = await open({ kind: 'resume', token: resumeToken, lastSeq: 2 });
    assert.equal((await third.message('error')).code, 'VT_SESSION_EXPIRED');
    second.socket.close();
  });
  it('lets a token be used once, and only from the origin that got it', async () => {
    const used = await token();
    const page = await open({ kind: 'session', token: used });
    await page.message('ready');
    const again = await open({ kind: 'session', token: used });
    assert.equal(await again.closed(), 4401);
    page.socket.close();
    await assert.rejects(open({ kind: 'session', token: await token() }, 'http://evil.example'));
  });
  it('ignores types it does not know, and closes on a flood of garbage while another lesson goes on', async () => {
    const honest = await open({ kind: 'session', token: await token() });
    await honest.message('ready');
    const page = await open({ kind: 'session', token: await token() });
    await page.message('ready');
    page.socket.send(JSON.stringify({ type: 'from-the-future', x: 1 }));
    page.say('2 + 2');
    await page.message('turn-end');
    for (let i = 0; i < 30; i += 1) page.socket.send(i % 2 ? '{"type":"text"}' : Buffer.from([9, 9, 9]));
    assert.equal(await page.closed(), 4400);
    honest.say('3 + 4');
    await honest.message('turn-end');
    honest.socket.close();
  });
  it('survives any text and any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.json(), fc.string(), fc.uint8Array({ maxLength: 64 })), { maxLength: 30 }),
        async (inputs) => {
          const page = await open({ kind: 'session', token: await token() });
          for (const input of inputs) page.socket.send(input);
          page.socket.send(
            encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 0, sequence: 0, samples: new Int16Array(320) }),
          );
          page.socket.send(JSON.stringify({ type: 'ping', sentAtMs: 1, lastSeq: 0 }));
          await page.until(
            () => page.messages.some(({ type }) => type === 'pong') || page.socket.readyState !== WebSocket.OPEN,
          );
          page.socket.terminate();
        },
      ),
      { numRuns: 12 },
    );
    assert.equal((await fetch(`${plane.url}/healthz`)).status, 200);
  });
});
