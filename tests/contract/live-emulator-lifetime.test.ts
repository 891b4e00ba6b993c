/** How sessions begin, are refused, end and are taken up again, as Google's clients see it; and the text side. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { GoogleGenerativeAI } from '@google/generative-ai';
import type { LiveServerMessage } from '@google/genai';
import { createLiveEmulator, type LiveEmulator } from '../support/live-emulator/emulator.js';
import { connectGoogle, type GoogleClient } from '../support/live-emulator/clients.js';

const isTurnComplete = (message: LiveServerMessage): boolean => message.serverContent?.turnComplete === true;

describe('sessions of the emulator', () => {
  let emulator: LiveEmulator;
  before(
    async () =>
      void (emulator = await createLiveEmulator({
        pace: { firstAudioDelayMs: 1, speedup: 1000, playbackTrailRatio: 0 },
      })),
  );
  after(() => emulator.close());

  async function handleAfterOneTurn(client: GoogleClient): Promise<string> {
    client.session.sendRealtimeInput({ text: 'what is a prime number' });
    const update = await client.inbox.until(({ sessionResumptionUpdate: update }) => update?.resumable === true);
    return update.sessionResumptionUpdate?.newHandle ?? '';
  }

  it('a bad key is refused after the upgrade', async () => {
    await assert.rejects(
      connectGoogle(emulator.url, { apiKey: 'bad-key' }),
      /code 1007\): API key not valid\. Please pass a valid API key\./,
    );
    await assert.rejects(
      connectGoogle(emulator.url, { apiKey: 'bad-expired' }),
      /code 1007\): API key expired\. Please renew the API key\./,
    );
  });

  it('a model that does not exist is refused, with a reason cut short', async () => {
    await assert.rejects(connectGoogle(emulator.url, { model: 'gemini-0-live' }), (error: Error) => {
      assert.match(
        error.message,
        /code 1008\): models\/gemini-0-live is not found for API version v1, or is not supported for bidiGenerateContent\. Call/,
      );
      return true;
    });
  });

  it('a setup that the model does not take is refused', async () => {
    await assert.rejects(
      connectGoogle(emulator.url, { config: { thinkingConfig: { thinkingBudget: 0 } } }),
      /code 1007\): Request contains an invalid argument\./,
    );
  });

  it('an ephemeral token opens the constrained method', async () => {
    const client = await connectGoogle(emulator.url, { apiKey: 'auth_tokens/one' });
    const page = emulator.stats().connections.at(-1);
    assert.deepEqual([page?.constrained, page?.keySource], [true, 'token']);
    client.session.close();
  });

  it('a handle brings the conversation back, once the old connection is closed', async () => {
    const first = await connectGoogle(emulator.url, { config: { sessionResumption: {} } });
    const handle = await handleAfterOneTurn(first);
    assert.deepEqual(
      first.inbox.items.find(({ sessionResumptionUpdate }) => sessionResumptionUpdate !== undefined)
        ?.sessionResumptionUpdate,
      {},
    );
    await assert.rejects(connectGoogle(emulator.url, { config: { sessionResumption: { handle } } }), /code 1011\)/);
    first.session.close();
    await first.closed.until(() => true);
    const second = await connectGoogle(emulator.url, { config: { sessionResumption: { handle } } });
    const page = emulator.stats().connections.at(-1);
    assert.deepEqual(
      [page?.resumed, page?.restoredHistory, page?.history[0]?.text],
      [true, 2, 'what is a prime number'],
    );
    const later = await handleAfterOneTurn(second);
    assert.notEqual(later, handle);
    second.session.close();
    await second.closed.until(() => true);
    const third = await connectGoogle(emulator.url, { config: { sessionResumption: { handle: later } } });
    assert.equal(emulator.stats().connections.at(-1)?.restoredHistory, 4);
    third.session.close();
  });

  it('an unknown handle is refused', async () => {
    await assert.rejects(
      connectGoogle(emulator.url, { config: { sessionResumption: { handle: 'nobody' } } }),
      /code 1008\): BidiGenerateContent session not found/,
    );
  });

  it('goAway comes first, the close follows when the client stays', async () => {
    const client = await connectGoogle(emulator.url);
    assert.ok(emulator.goAway(250) >= 1);
    const message = await client.inbox.until(({ goAway }) => goAway !== undefined);
    assert.equal(message.goAway?.timeLeft, '0.250s');
    assert.deepEqual(await client.closed.until(() => true), {
      code: 1008,
      reason:
        'Connection aborted because the client failed to close the connection after receiving a GoAway signal once the session durat',
    });
  });

  it('goAway comes by itself at the end of a lifetime', async () => {
    const short = await createLiveEmulator({ lifetimeMs: 50 });
    const client = await connectGoogle(short.url);
    assert.equal((await client.inbox.until(({ goAway }) => goAway !== undefined)).goAway?.timeLeft, '50s');
    client.session.close();
    await short.close();
  });

  it('a thinking model speaks a filler in a turn of its own', async () => {
    const client = await connectGoogle(emulator.url, {
      model: 'gemini-3.8-live-extended-thinking',
      config: { outputAudioTranscription: {} },
    });
    client.session.sendRealtimeInput({ text: 'what is a prime number' });
    const status = (message: LiveServerMessage): unknown =>
      (message.serverContent as { interactionStatus?: unknown } | undefined)?.interactionStatus;
    await client.inbox.until((message) => status(message) === 'IDLE');
    assert.deepEqual(client.inbox.items.filter(isTurnComplete).map(status), ['IN_PROGRESS', 'IDLE']);
    client.session.close();
  });

  it('a test can script faults: a stall, an empty turn, a close', async () => {
    emulator.setScenario({
      scenarios: [
        { name: 'rejects', when: ['reject'], answer: [{ do: 'finish', reason: 'RESPONSE_REJECTED' }] },
        {
          name: 'dies',
          when: ['die'],
          answer: [
            { do: 'say', text: 'I am' },
            { do: 'close', code: 1011, reason: 'Internal error encountered.' },
          ],
        },
      ],
    });
    const client = await connectGoogle(emulator.url);
    client.session.sendRealtimeInput({ text: 'reject this' });
    assert.equal((await client.inbox.until(isTurnComplete)).serverContent?.turnCompleteReason, 'RESPONSE_REJECTED');
    client.session.sendRealtimeInput({ text: 'now die' });
    assert.deepEqual(await client.closed.until(() => true), { code: 1011, reason: 'Internal error encountered.' });
    emulator.setScenario({ scenarios: [] });
  });
});

describe('the text side of the emulator', () => {
  let emulator: LiveEmulator;
  before(async () => void (emulator = await createLiveEmulator({ chunkDelayMs: 1 })));
  after(() => emulator.close());
  const model = (key: string, name = 'gemini-3.8-flash'): ReturnType<GoogleGenerativeAI['getGenerativeModel']> =>
    new GoogleGenerativeAI(key).getGenerativeModel({ model: name }, { baseUrl: emulator.url });

  it('streams an answer to the older Google client', async () => {
    const result = await model('any').generateContentStream('Please solve 2x+3=11');
    result.response.catch(() => undefined);
    const pieces: string[] = [];
    for await (const chunk of result.stream) pieces.push(chunk.text());
    assert.ok(pieces.length > 5);
    assert.match(pieces.join(''), /\$\$2x=8\$\$[\s\S]*\$\$x=4\$\$/);
    assert.equal((await result.response).candidates?.[0]?.finishReason, 'STOP');
    assert.equal(emulator.stats().textRequests, 1);
  });

  it('answers in one piece, and refuses a bad key and a bad model', async () => {
    const answer = await model('any').generateContent('hello');
    assert.match(answer.response.text(), /^Good question\./);
    await assert.rejects(model('bad').generateContentStream('hello'), { status: 400 });
    await assert.rejects(model('any', 'nothing').generateContent('hello'), { status: 404 });
  });
});
