/** The wire of the emulator, byte by byte, with a bare WebSocket; and its control side over HTTP. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createLiveEmulator, type LiveEmulator } from '../support/live-emulator/emulator.js';
import { connectRaw, LIVE_PATH, silentSlices, speechSlices, type RawClient } from '../support/live-emulator/clients.js';

const setup = { setup: { model: 'models/gemini-3.8-live', generationConfig: { responseModalities: ['AUDIO'] } } };
const header = { headers: { 'x-goog-api-key': 'secret' } };

let emulator: LiveEmulator;
before(
  async () =>
    void (emulator = await createLiveEmulator({
      pace: { firstAudioDelayMs: 1, speedup: 1000, playbackTrailRatio: 0 },
    })),
);
after(() => emulator.close());

async function ready(extra: object = {}): Promise<RawClient> {
  const client = await connectRaw(emulator.url, LIVE_PATH, header);
  client.send({ setup: { ...setup.setup, ...extra } });
  await client.frames.until(({ text }) => text.includes('setupComplete'));
  return client;
}

describe('frames', () => {
  it('are binary, pretty-printed and end with a newline', async () => {
    const client = await ready({ outputAudioTranscription: {}, inputAudioTranscription: {} });
    client.send({ realtimeInput: { text: 'what is a prime number' } });
    await client.frames.until(({ text }) => text.includes('turnComplete'));
    assert.deepEqual(client.frames.items[0], { binary: true, text: '{\n  "setupComplete": {}\n}\n' });
    for (const { binary, text } of client.frames.items) {
      assert.equal(binary, true);
      assert.equal(text, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    }
    client.socket.close();
  });

  it('carry 200 ms of 24 kHz sound each, several facts at once, and words with their own spaces', async () => {
    const client = await ready({ outputAudioTranscription: {} });
    client.send({ realtimeInput: { text: 'what is a prime number' } });
    await client.frames.until(({ text }) => text.includes('turnComplete'));
    const contents = client.frames.items.map(
      ({ text }) => (JSON.parse(text) as { serverContent?: Record<string, unknown> }).serverContent ?? {},
    );
    const sounds = contents.flatMap(({ modelTurn }) =>
      modelTurn === undefined
        ? []
        : [(modelTurn as { parts: [{ inlineData: { mimeType: string; data: string } }] }).parts[0].inlineData],
    );
    assert.ok(sounds.length > 5);
    for (const { mimeType } of sounds) assert.equal(mimeType, 'audio/pcm;rate=24000');
    assert.equal(Buffer.from(sounds[0]?.data ?? '', 'base64').length, 9600);
    const words = contents.filter(({ outputTranscription }) => outputTranscription !== undefined);
    assert.ok(words.every(({ modelTurn }) => modelTurn !== undefined));
    const fragments = words.map(({ outputTranscription }) => (outputTranscription as { text: string }).text);
    assert.ok(fragments.slice(1).every((text) => text.startsWith(' ')));
    assert.match(fragments.join(''), /^Good question\. Tell me first .* at a time\.$/);
    client.socket.close();
  });

  it('carry one fact each when the emulator is told so', async () => {
    const plain = await createLiveEmulator({
      bundleFacts: false,
      pace: { firstAudioDelayMs: 1, speedup: 1000, playbackTrailRatio: 0 },
    });
    const client = await connectRaw(plain.url, `${LIVE_PATH}?key=k`);
    client.send({ setup: { ...setup.setup, outputAudioTranscription: {} } });
    await client.frames.until(({ text }) => text.includes('setupComplete'));
    client.send({ realtimeInput: { text: 'hello' } });
    await client.frames.until(({ text }) => text.includes('usageMetadata'));
    for (const { text } of client.frames.items) {
      const message = JSON.parse(text) as { serverContent?: object };
      assert.equal(Object.keys(message).length, 1);
      const facts = Object.keys(message.serverContent ?? {}).filter((fact) => fact !== 'interactionStatus');
      assert.ok(facts.length <= 1);
    }
    await plain.close();
  });
});

describe('ways in', () => {
  const ways: readonly [string, string, object][] = [
    ['header', LIVE_PATH, header],
    ['query', `/${LIVE_PATH}?key=secret`, {}],
    ['header', `/a/prefix${LIVE_PATH.replace('v1beta', 'v1alpha')}`, header],
    [
      'token',
      `${LIVE_PATH.replace('v1beta', 'v1alpha')}Constrained`,
      { headers: { authorization: 'Token auth_tokens/t' } },
    ],
  ];
  for (const [source, path, options] of ways) {
    it(`${path} by ${source}`, async () => {
      const client = await connectRaw(emulator.url, path, options);
      client.send(setup);
      await client.frames.until(({ text }) => text.includes('setupComplete'));
      assert.equal(emulator.stats().connections.at(-1)?.keySource, source);
      client.socket.close();
    });
  }

  it('another path is no upgrade at all', async () => {
    await assert.rejects(connectRaw(emulator.url, '/ws/other', header), /404/);
    assert.equal(emulator.stats().pathsRefused, 1);
  });

  it('without a key, and with a token on the plain method, callers are unregistered', async () => {
    for (const path of [LIVE_PATH, `${LIVE_PATH}?key=auth_tokens/t`]) {
      const client = await connectRaw(emulator.url, path);
      const { code, reason } = await client.closed.until(() => true);
      assert.equal(code, 1008);
      assert.match(reason, /^Method doesn't allow unregistered callers/);
    }
  });
});

describe('protocol errors', () => {
  const invalid = 'Request contains an invalid argument.';
  const cases: readonly {
    name: string;
    first?: object | string;
    then?: object | string;
    code: number;
    reason: string;
  }[] = [
    {
      name: 'something before setup',
      first: { realtimeInput: { text: 'hi' } },
      code: 1007,
      reason: 'setup must be the first message and only the first',
    },
    { name: 'no JSON', first: 'hello', code: 1007, reason: 'Invalid JSON payload received. Unexpected token.' },
    { name: 'two keys', first: { ...setup, realtimeInput: {} }, code: 1007, reason: invalid },
    {
      name: 'unknown setup field',
      first: { setup: { ...setup.setup, x: 1 } },
      code: 1007,
      reason: `Invalid JSON payload received. Unknown name "x" at 'setup': Cannot find field.`,
    },
    {
      name: 'unknown message',
      then: { hello: {} },
      code: 1007,
      reason: 'Invalid JSON payload received. Unknown name "hello": Cannot find field.',
    },
    { name: 'a second setup', then: setup, code: 1007, reason: invalid },
    {
      name: 'marks under automatic detection',
      then: { realtimeInput: { activityStart: {} } },
      code: 1007,
      reason: 'Explicit activity control is not supported when automatic activity detection is enabled.',
    },
    {
      name: 'sound that is no base64',
      then: { realtimeInput: { audio: { data: '!', mimeType: 'audio/pcm' } } },
      code: 1007,
      reason: `Invalid value at 'realtime_input.audio.data' (TYPE_BYTES), Base64 decoding failed`,
    },
    {
      name: 'a function part in seeded history',
      then: { clientContent: { turns: [{ role: 'user', parts: [{ functionResponse: {} }] }] } },
      code: 1007,
      reason: invalid,
    },
    {
      name: 'a tool answer without id',
      then: { toolResponse: { functionResponses: [{ name: 'a', response: {} }] } },
      code: 1007,
      reason: invalid,
    },
    {
      name: 'a text answer',
      first: { setup: { ...setup.setup, generationConfig: { responseModalities: ['TEXT'] } } },
      code: 1007,
      reason: invalid,
    },
  ];
  for (const { name, first, then, code, reason } of cases) {
    it(name, async () => {
      const client = first === undefined ? await ready() : await connectRaw(emulator.url, LIVE_PATH, header);
      client.send(first ?? then ?? '');
      assert.deepEqual(await client.closed.until(() => true), { code, reason });
      const page = emulator.stats().connections.at(-1);
      assert.deepEqual([page?.closedBy, page?.phase], ['emulator', 'closed']);
    });
  }

  it('input before setupComplete is lost, and counted', async () => {
    const client = await connectRaw(emulator.url, LIVE_PATH, header);
    client.send(setup);
    client.send({ realtimeInput: { text: 'too early' } });
    await client.frames.until(({ text }) => text.includes('setupComplete'));
    const page = emulator.stats().connections.at(-1);
    assert.deepEqual([page?.messagesTooEarly, page?.history.length], [1, 0]);
    client.socket.close();
  });
});

describe('older and other forms', () => {
  it('snake_case, mediaChunks and 48 kHz sound are heard', async () => {
    const client = await ready({ inputAudioTranscription: {} });
    for (const data of [...speechSlices('one two three four'), ...silentSlices(1500)]) {
      // The same bytes at three times the rate: a third of the time, so more silence is needed to end it.
      client.send({ realtime_input: { media_chunks: [{ data, mime_type: 'audio/pcm;rate=48000' }] } });
    }
    await client.frames.until(({ text }) => text.includes('inputTranscription'));
    client.socket.close();
  });

  it('3.1 sends the learner’s words in one finished piece and echoes typed text', async () => {
    const client = await ready({ model: 'models/gemini-3.1-flash-live-preview', inputAudioTranscription: {} });
    client.send({ realtimeInput: { text: 'hello there' } });
    const { text } = await client.frames.until((frame) => frame.text.includes('inputTranscription'));
    assert.deepEqual(JSON.parse(text), {
      serverContent: { inputTranscription: { text: 'hello there', finished: true } },
    });
    client.socket.close();
  });

  it('contextUpdate changes instruction and tools on an open connection', async () => {
    const client = await ready();
    client.send({
      contextUpdate: {
        systemInstruction: { parts: [{ text: 'Shorter.' }] },
        tools: { tools: [{ functionDeclarations: [{ name: 'show_equation' }] }] },
      },
    });
    client.send({ realtimeInput: { text: 'solve 2x+3=11' } });
    await client.frames.until(({ text }) => text.includes('toolCall'));
    assert.equal(emulator.stats().connections.at(-1)?.systemInstruction, 'Shorter.');
    client.socket.close();
  });
});

describe('the control side', () => {
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${emulator.url}/__emulator/${path}`, { method: 'POST', body: JSON.stringify(body) });

  it('shows the counters and changes the script', async () => {
    const answer = await post('scenario', {
      utterances: ['ping'],
      scenarios: [{ name: 'pong', when: ['ping'], answer: [{ do: 'say', text: 'Pong.' }] }],
    });
    assert.equal(answer.status, 200);
    const client = await ready({ outputAudioTranscription: {} });
    for (const data of speechSlices('anything at all'))
      client.send({ realtimeInput: { audio: { data, mimeType: 'audio/pcm;rate=16000' } } });
    await client.frames.until(({ text }) => text.includes('"Pong."'));
    const stats = (await (await fetch(`${emulator.url}/__emulator/stats`)).json()) as ReturnType<LiveEmulator['stats']>;
    assert.deepEqual(stats.connections.at(-1)?.utterances, ['ping']);
    assert.ok(stats.totals.samples > 16_000);
    client.socket.close();
    await post('scenario', { scenarios: [] });
  });

  it('ends connections', async () => {
    const first = await ready();
    const told = (await (await post('go-away', { timeLeftMs: 50_000 })).json()) as { connections: number };
    assert.ok(told.connections >= 1);
    await first.frames.until(({ text }) => text.includes('"50s"'));
    assert.equal((await post('close', { code: 1011, reason: 'The service is currently unavailable.' })).status, 200);
    assert.deepEqual(await first.closed.until(() => true), {
      code: 1011,
      reason: 'The service is currently unavailable.',
    });
  });

  it('refuses what it does not understand', async () => {
    assert.equal((await post('scenario', { scenarios: 5 })).status, 400);
    assert.equal((await post('close', { code: 1006 })).status, 400);
    assert.equal((await post('nothing', {})).status, 404);
  });
});

describe('the command', () => {
  it('prints its address as one line and stops cleanly on SIGTERM', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/live-emulator/cli.ts', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    assert.match(line, /^http:\/\/127\.0\.0\.1:\d+$/);
    const client = await connectRaw(line, LIVE_PATH, header);
    child.kill('SIGTERM');
    assert.equal((await client.closed.until(() => true)).code, 1001);
    assert.deepEqual(await exited, [0, null]);
  });
});
