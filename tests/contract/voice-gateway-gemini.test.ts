/** A page's lesson with the Gemini Live provider: real gateway, real sockets, the service's stand-in behind. */
import { afterEach, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { DownMessage } from '../../sdk/src/contracts/voice.js';
import { AUDIO_KIND, encodeAudioFrame, parseAudioFrame, type AudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import { startPlane } from '../support/control-plane.js';
import { speechSlices } from '../support/live-emulator/clients.js';
import { createLiveEmulator, type LiveEmulatorOptions } from '../support/live-emulator/emulator.js';

const FAST = { firstAudioDelayMs: 1, speedup: 1000, playbackTrailRatio: 0 };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: LiveEmulatorOptions = {}, key = 'any-key') {
  const emulator = await createLiveEmulator({ pace: FAST, ...options });
  cleanups.push(() => emulator.close());
  const plane = await startPlane({ GEMINI_API_KEY: key, GEMINI_BASE_URL: emulator.url });
  cleanups.push(() => plane.stop());
  const open = async (resume?: { readonly token: string; readonly lastSeq: number; readonly lastTurn: number }) => {
    const auth = resume ? { kind: 'resume', ...resume } : { kind: 'session', token: await grant(plane) };
    const address = `${plane.url.replace('http', 'ws')}/v1/voice`;
    const socket = new WebSocket(address, 'voice-tutor.v1', { origin: plane.origin });
    cleanups.push(() => socket.terminate());
    const messages: DownMessage[] = [];
    const frames: AudioFrame[] = [];
    const waiters: (() => void)[] = [];
    const wake = () => waiters.splice(0).forEach((waiter) => waiter());
    socket.on('message', (data: Buffer, binary) => {
      const frame = binary ? parseAudioFrame(data) : null;
      if (frame) frames.push(frame);
      if (!binary) messages.push(DownMessage.parse(JSON.parse(data.toString('utf8'))));
      wake();
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const send = (message: object) => socket.send(JSON.stringify(message));
    send({ type: 'hello', auth, isolation: 'worker', release: '0.1.0' });
    const until = async <T>(pick: () => T | undefined | false): Promise<T> => {
      for (;;) {
        const found = pick();
        if (found !== undefined && found !== false) return found;
        await new Promise<void>((resolve) => waiters.push(resolve));
      }
    };
    const all = <K extends DownMessage['type']>(type: K) =>
      messages.filter((message): message is Extract<DownMessage, { type: K }> => message.type === type);
    return {
      socket,
      frames,
      all,
      until,
      send,
      first: <K extends DownMessage['type']>(type: K) => until(() => all(type)[0]),
      ask: (text: string) => send({ type: 'text', id: randomUUID(), source: 'typed', text }),
      words: (speaker: 'learner' | 'tutor') =>
        all('transcript')
          .filter((piece) => piece.speaker === speaker)
          .map(({ delta }) => delta)
          .join(''),
    };
  };
  return { emulator, open };
}

async function grant(plane: { readonly url: string; readonly origin: string }): Promise<string> {
  const response = await fetch(`${plane.url}/v1/sites/pk_demo/sessions`, {
    method: 'POST',
    headers: { origin: plane.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ consent: { given: true, version: 1 }, lang: 'en' }),
  });
  assert.equal(response.status, 201);
  return ((await response.json()) as { token: string }).token;
}

describe('a lesson with Gemini Live over the gateway', () => {
  it('answers typed words with words, sound of the same turn, and formulas', async () => {
    const page = await (await start()).open();
    const ready = await page.first('ready');
    assert.deepEqual([ready.provider, ready.hears, ready.speaks], ['gemini-live', 'server', 'server']);
    page.ask('solve 2x + 3 = 11');
    assert.equal((await page.first('turn-end')).how, 'complete');
    assert.equal(page.words('learner'), 'solve 2x + 3 = 11');
    assert.match(page.words('tutor'), /So x equals four/);
    assert.deepEqual(
      page.all('equation').map(({ latex, role, turn }) => [latex, role, turn]),
      [
        ['2x+3=11', 'problem', 1],
        ['2x=8', 'step', 1],
        ['x=4', 'answer', 1],
      ],
    );
    assert.ok(page.frames.length > 0);
    assert.ok(page.frames.every(({ turn, kind }) => turn === 1 && kind === AUDIO_KIND.tutor));
    assert.deepEqual(
      page.frames.map(({ sequence }) => sequence),
      page.frames.map((_, index) => index),
    );
  });

  it('hears a microphone, and carries its sound and its key as they should be', async () => {
    const { emulator, open } = await start();
    const page = await open();
    await page.first('ready');
    const samples = speechSlices('solve two x plus three equals eleven').flatMap((slice) => {
      const bytes = Buffer.from(slice, 'base64');
      return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
    });
    // At once: the gateway takes two seconds' worth of twice real time in a burst, and this is less. Its connection must be up, though.
    await emulator.until(({ connections }) => connections[0]?.phase === 'ready');
    for (let sequence = 0; sequence * 320 < samples.length; sequence += 1) {
      const frame = Int16Array.from(samples.slice(sequence * 320, (sequence + 1) * 320));
      page.socket.send(encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 0, sequence, samples: frame }));
    }
    page.send({ type: 'mic', state: 'muted' });
    await page.first('turn-end');
    assert.equal(page.words('learner').trim(), 'solve two x plus three equals eleven');
    assert.equal(page.all('equation').at(-1)?.latex, 'x=4');
    assert.ok(page.frames.length > 0);
    const { connections, totals } = emulator.stats();
    assert.deepEqual(
      connections.map(({ keySource }) => keySource),
      ['header'],
    );
    assert.ok(totals.speechMs > 1000, `${totals.speechMs} ms of speech arrived`);
  });

  it('stops at the learner’s word and answers the next question in a turn of its own', async () => {
    const page = await (await start({ pace: { firstAudioDelayMs: 1, speedup: 4, playbackTrailRatio: 1 } })).open();
    await page.first('ready');
    page.ask('solve 2x + 3 = 11');
    await page.until(() => page.frames.length > 0);
    page.send({ type: 'interrupt', turn: 1, playedMs: 100 });
    assert.equal((await page.first('interrupted')).turn, 1);
    assert.equal((await page.first('turn-end')).how, 'interrupted');
    const before = page.frames.length;
    page.ask('what is a prime number');
    await page.until(() => page.frames.length > before);
    assert.ok(page.frames.slice(before).every(({ turn }) => turn === 2));
  });

  it('says that a bad key is a matter of configuration, not to be tried again', async () => {
    const page = await (await start({}, 'bad-key')).open();
    const error = await page.first('error');
    assert.deepEqual([error.code, error.retryable], ['VT_TUTOR_CONFIGURATION', false]);
  });

  it('resumes in the same process with every message once and the same conversation behind', async () => {
    const { emulator, open } = await start();
    const first = await open();
    const { resumeToken } = await first.first('ready');
    first.ask('solve 2x + 3 = 11');
    const end = await first.first('turn-end');
    await first.until(() => first.all('state').find(({ seq }) => seq > end.seq));
    first.socket.terminate();
    const lastSeq = 4;
    const second = await open({ token: resumeToken, lastSeq, lastTurn: 1 });
    assert.equal((await second.first('ready')).resumed, true);
    second.ask('thanks');
    await second.until(() => second.all('turn-end').find(({ turn }) => turn === 2));
    const numbered = (page: typeof first) =>
      [...page.all('transcript'), ...page.all('equation'), ...page.all('state'), ...page.all('turn-end')]
        .map(({ seq }) => seq)
        .sort((a, b) => a - b);
    const again = numbered(second);
    assert.deepEqual(
      again,
      again.map((_, index) => lastSeq + 1 + index),
    );
    assert.equal(emulator.stats().connectionsOpened, 1);
  });
});
