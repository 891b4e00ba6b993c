/** Google's own client holds whole sessions with the emulator: its reading of the wire is the judge. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import {
  Behavior,
  ActivityHandling,
  FunctionResponseScheduling,
  Type,
  type FunctionDeclaration,
  type LiveServerMessage,
} from '@google/genai';
import { createLiveEmulator, type LiveEmulator } from '../support/live-emulator/emulator.js';
import {
  answerCalls,
  connectGoogle,
  silentSlices,
  speechSlices,
  type GoogleClient,
} from '../support/live-emulator/clients.js';

const quick = { firstAudioDelayMs: 5, speedup: 100, playbackTrailRatio: 0 };
const QUESTION = 'solve two x plus three equals eleven';

const showEquation: FunctionDeclaration = {
  name: 'show_equation',
  description: 'Shows one formula.',
  parameters: {
    type: Type.OBJECT,
    properties: { latex: { type: Type.STRING }, spoken: { type: Type.STRING }, role: { type: Type.STRING } },
    required: ['latex', 'role'],
  },
};

const transcripts = { inputAudioTranscription: {}, outputAudioTranscription: {} };

function speak({ session }: GoogleClient, slices: readonly string[]): void {
  for (const data of slices) session.sendRealtimeInput({ audio: { data, mimeType: 'audio/pcm;rate=16000' } });
}

const isTurnComplete = (message: LiveServerMessage): boolean => message.serverContent?.turnComplete === true;
const isSound = (message: LiveServerMessage): boolean =>
  message.serverContent?.modelTurn?.parts?.[0]?.inlineData !== undefined;

function joined(messages: readonly LiveServerMessage[], kind: 'inputTranscription' | 'outputTranscription'): string {
  return messages.map((message) => message.serverContent?.[kind]?.text ?? '').join('');
}

function soundMs(messages: readonly LiveServerMessage[]): number {
  const bytes = messages
    .flatMap((message) => message.serverContent?.modelTurn?.parts ?? [])
    .map((part) => Buffer.from(part.inlineData?.data ?? '', 'base64').length);
  return bytes.reduce((sum, length) => sum + length, 0) / 48;
}

describe('a spoken lesson with the Google client', () => {
  let emulator: LiveEmulator;
  before(async () => void (emulator = await createLiveEmulator({ pace: quick })));
  after(() => emulator.close());

  it('hears speech, answers with sound, words and formulas, and ends the turn', async () => {
    const client = await connectGoogle(emulator.url, {
      config: { ...transcripts, tools: [{ functionDeclarations: [showEquation] }] },
    });
    speak(client, speechSlices(QUESTION));
    await client.inbox.until(isTurnComplete);
    const { items } = client.inbox;
    assert.equal(joined(items, 'inputTranscription'), QUESTION);
    const spoken = joined(items, 'outputTranscription');
    assert.match(spoken, /^Let us solve it together\. We have two x .* back into the equation\?$/);
    assert.ok(
      Math.abs(soundMs(items) - spoken.length * 60) < spoken.length * 12,
      `${soundMs(items)} ms for ${spoken.length} characters`,
    );
    const calls = items.flatMap((message) => message.toolCall?.functionCalls ?? []);
    assert.deepEqual(
      calls.map(({ name, args }) => [name, args?.latex, args?.role, args?.step]),
      [
        ['show_equation', '2x+3=11', 'problem', undefined],
        ['show_equation', '2x=8', 'step', 1],
        ['show_equation', 'x=4', 'answer', 2],
      ],
    );
    for (const { id } of calls) assert.match(id ?? '', /^function-call-\d{19}$/);
    answerCalls(client.session, calls, {
      response: { output: { status: 'shown' } },
      scheduling: FunctionResponseScheduling.SILENT,
    });
    const order = items.flatMap(({ serverContent }) =>
      serverContent?.generationComplete === true
        ? ['generationComplete']
        : serverContent?.turnComplete === true
          ? ['turnComplete']
          : [],
    );
    assert.deepEqual(order, ['generationComplete', 'turnComplete']);
    const end = items.find(isTurnComplete);
    assert.ok((end?.usageMetadata?.responseTokenCount ?? 0) > 0);
    client.session.close();
    await client.closed.until(() => true);
    const page = emulator.stats().connections.at(-1);
    assert.equal(page?.path, '//ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent');
    assert.equal(page.keySource, 'query');
    assert.equal(page.activities, 1);
    assert.ok(page.speechMs > 1500 && page.peak > 3000, JSON.stringify([page.speechMs, page.peak]));
    assert.deepEqual(
      page.history.map(({ role }) => role),
      ['user', 'model'],
    );
  });

  it('hears nothing in silence, however long', async () => {
    const client = await connectGoogle(emulator.url, { config: transcripts });
    speak(client, silentSlices(8000));
    client.session.sendRealtimeInput({ audioStreamEnd: true });
    // A typed question is the fence: its answer proves that all sound before it has been judged.
    client.session.sendRealtimeInput({ text: 'what is a prime number' });
    await client.inbox.until(isTurnComplete);
    assert.equal(joined(client.inbox.items, 'inputTranscription'), '');
    const page = emulator.stats().connections.at(-1);
    assert.deepEqual(
      [page?.samples, page?.frames, page?.activities, page?.speechMs, page?.peak],
      [128_000, 400, 0, 0, 0],
    );
    client.session.close();
  });

  it('takes typed text and seeded context', async () => {
    const client = await connectGoogle(emulator.url, { config: { ...transcripts, systemInstruction: 'Be brief.' } });
    client.session.sendClientContent({
      turns: [
        { role: 'user', parts: [{ text: 'My name is Ada.' }] },
        { role: 'model', parts: [{ text: 'Hello Ada.' }] },
      ],
      turnComplete: false,
    });
    client.session.sendClientContent({
      turns: [{ role: 'user', parts: [{ text: 'Solve 2x+3=11, please.' }] }],
      turnComplete: true,
    });
    await client.inbox.until(isTurnComplete);
    assert.match(joined(client.inbox.items, 'outputTranscription'), /So x equals four\./);
    assert.equal(
      client.inbox.items.some(({ toolCall }) => toolCall !== undefined),
      false,
    );
    const page = emulator.stats().connections.at(-1);
    assert.equal(page?.systemInstruction, 'Be brief.');
    assert.deepEqual(
      page.history.map(({ role }) => role),
      ['user', 'model', 'user', 'model'],
    );
    client.session.close();
  });

  it('waits for a blocking tool and goes on after its answer', async () => {
    const client = await connectGoogle(emulator.url, {
      config: { ...transcripts, tools: [{ functionDeclarations: [{ ...showEquation, behavior: Behavior.BLOCKING }] }] },
    });
    client.session.sendRealtimeInput({ text: QUESTION });
    let from = 0;
    for (let count = 1; count <= 3; count += 1) {
      const message = await client.inbox.until(({ toolCall }) => toolCall !== undefined, from);
      from = client.inbox.items.indexOf(message) + 1;
      assert.equal(client.inbox.items.some(isTurnComplete), false);
      answerCalls(client.session, message.toolCall?.functionCalls ?? [], { response: { output: { status: 'shown' } } });
    }
    await client.inbox.until(isTurnComplete);
    const answers = emulator.stats().connections.at(-1)?.toolAnswers ?? [];
    assert.deepEqual(
      answers.map(({ fate }) => fate),
      ['matched', 'matched', 'matched'],
    );
    client.session.close();
  });

  it('obeys the marks of a client that finds activity itself', async () => {
    const client = await connectGoogle(emulator.url, {
      config: { ...transcripts, realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
    });
    speak(client, speechSlices('this is before the mark'));
    client.session.sendRealtimeInput({ activityStart: {} });
    speak(client, silentSlices(400));
    client.session.sendRealtimeInput({ activityEnd: {} });
    const empty = await client.inbox.until(isTurnComplete);
    assert.equal(empty.serverContent?.turnCompleteReason, 'NEED_MORE_INPUT');
    const from = client.inbox.items.length;
    client.session.sendRealtimeInput({ activityStart: {} });
    speak(client, speechSlices(QUESTION, 0));
    client.session.sendRealtimeInput({ activityEnd: {} });
    await client.inbox.until(isTurnComplete, from);
    assert.equal(joined(client.inbox.items, 'inputTranscription'), QUESTION);
    client.session.close();
  });
});

describe('interruptions with the Google client', () => {
  let emulator: LiveEmulator;
  // Real-time trailing keeps the answer running until it is interrupted.
  before(
    async () =>
      void (emulator = await createLiveEmulator({
        pace: { firstAudioDelayMs: 5, speedup: 4 },
        utterances: ['first', 'second'],
      })),
  );
  after(() => emulator.close());

  it('speech stops the answer: interrupted, turnComplete, no generationComplete; open calls are cancelled', async () => {
    const client = await connectGoogle(emulator.url, {
      config: { ...transcripts, tools: [{ functionDeclarations: [{ ...showEquation, behavior: Behavior.BLOCKING }] }] },
    });
    client.session.sendRealtimeInput({ text: QUESTION });
    const call = (await client.inbox.until(({ toolCall }) => toolCall !== undefined)).toolCall?.functionCalls?.[0];
    speak(client, speechSlices('wait').slice(0, 5));
    const cancelled = await client.inbox.until(({ toolCallCancellation }) => toolCallCancellation !== undefined);
    assert.deepEqual(cancelled.toolCallCancellation?.ids, [call?.id]);
    await client.inbox.until(isTurnComplete);
    const facts = client.inbox.items
      .flatMap(({ serverContent }) => Object.keys(serverContent ?? {}))
      .filter((fact) => ['interrupted', 'generationComplete', 'turnComplete'].includes(fact));
    assert.deepEqual(facts, ['interrupted', 'turnComplete']);
    answerCalls(client.session, call === undefined ? [] : [call], { response: {} });
    const from = client.inbox.items.length;
    speak(client, silentSlices(700));
    await client.inbox.until(isSound, from);
    const page = emulator.stats().connections.at(-1);
    assert.deepEqual(
      page?.toolAnswers.map(({ fate }) => fate),
      ['late'],
    );
    assert.deepEqual(page.utterances, ['first']);
    client.session.close();
  });

  it('typed text and finished client content stop it too', async () => {
    const client = await connectGoogle(emulator.url, { config: transcripts });
    client.session.sendRealtimeInput({ text: 'one' });
    await client.inbox.until(isSound);
    client.session.sendRealtimeInput({ text: 'two' });
    await client.inbox.until(({ serverContent }) => serverContent?.interrupted === true);
    const from = client.inbox.items.length;
    await client.inbox.until(isSound, from);
    client.session.sendClientContent({ turns: [{ role: 'user', parts: [{ text: 'three' }] }], turnComplete: true });
    await client.inbox.until(({ serverContent }) => serverContent?.interrupted === true, from);
    client.session.close();
    await client.closed.until(() => true);
  });

  it('NO_INTERRUPTION lets the answer end, then answers what was said meanwhile', async () => {
    const client = await connectGoogle(emulator.url, {
      config: { ...transcripts, realtimeInputConfig: { activityHandling: ActivityHandling.NO_INTERRUPTION } },
    });
    emulator.setScenario({
      utterances: ['meanwhile'],
      scenarios: [{ name: 'short', when: [], answer: [{ do: 'say', text: 'Short answer here.' }] }],
    });
    client.session.sendRealtimeInput({ text: 'one' });
    await client.inbox.until(isSound);
    speak(client, speechSlices('meanwhile'));
    await client.inbox.until(isTurnComplete);
    const from = client.inbox.items.findIndex(isTurnComplete) + 1;
    await client.inbox.until(isTurnComplete, from);
    assert.equal(
      client.inbox.items.some(({ serverContent }) => serverContent?.interrupted === true),
      false,
    );
    assert.equal(joined(client.inbox.items, 'inputTranscription'), 'meanwhile');
    assert.equal(joined(client.inbox.items, 'outputTranscription'), 'Short answer here.Short answer here.');
    client.session.close();
  });
});
