/** The audio context with the real worklet files: no gap, a stop that is silence, an end that is played; and the microphone's side. */
import { expect } from '@open-wc/testing';
import type { PlaybackCommand, PlaybackReport } from '../transport/messages.js';
import { openMic } from '../capture/mic.js';
import { openAudio } from './audio.js';
import { browserVoice } from './browser-voice.js';

const playback = '/__bundle/sdk/src/voice/playback/playback.worklet.ts';
const capture = '/__bundle/sdk/src/voice/capture/capture.worklet.ts';
const URLS = { captureWorkletUrl: capture, playbackWorkletUrl: playback };
const RATE_HZ = 48_000;
/** A worklet beside ours that sends back what it is sent: a message through it has passed the audio thread. */
const ECHO = URL.createObjectURL(
  new Blob(
    [
      `registerProcessor('echo', class extends AudioWorkletProcessor {
        constructor() {
          super();
          this.port.onmessage = ({ data }) => this.port.postMessage(data);
        }
        process() {
          return true;
        }
      });`,
    ],
    { type: 'text/javascript' },
  ),
);

/** Renders the speaker's worklet for `seconds`; `act` is called at the given quanta, before each is rendered. */
async function render(seconds: number, acts: Readonly<Record<number, readonly PlaybackCommand[]>>) {
  const context = new OfflineAudioContext(1, seconds * RATE_HZ, RATE_HZ);
  await context.audioWorklet.addModule(playback);
  await context.audioWorklet.addModule(ECHO);
  const node = new AudioWorkletNode(context, 'voice-tutor-playback', { numberOfInputs: 0, outputChannelCount: [1] });
  node.connect(context.destination);
  const { port1, port2 } = new MessageChannel();
  node.port.postMessage({ source: port1 }, [port1]);
  const reports: PlaybackReport[] = [];
  port2.onmessage = ({ data }: MessageEvent<PlaybackReport>) => reports.push(data);
  const echo = new AudioWorkletNode(context, 'echo', { numberOfInputs: 0 });
  echo.connect(context.destination);
  for (const [quantum, commands] of Object.entries(acts)) {
    // Rendering stands still meanwhile, so that the commands arrive at this quantum and no other.
    void context.suspend((Number(quantum) * 128) / RATE_HZ).then(async () => {
      for (const command of commands) port2.postMessage(command);
      // There and back twice on the audio thread: what was posted before has been taken.
      for (let trip = 0; trip < 2; trip += 1)
        await new Promise((resolve) => {
          echo.port.onmessage = resolve;
          echo.port.postMessage(null);
        });
      await context.resume();
    });
  }
  const buffer = await context.startRendering();
  const output = buffer.getChannelData(0);
  const heard = output.reduce((sum, sample) => sum + (sample === 0 ? 0 : 1), 0);
  return { output, heard, reports };
}
const frame = (turn: number, samples: number, value = 0.5): PlaybackCommand => ({
  type: 'frame',
  turn,
  samples: new Float32Array(samples).fill(value),
});

describe('playback worklet', () => {
  it('joins frames without a gap or a sample lost', async () => {
    const frames = Array.from({ length: 40 }, () => frame(1, 961));
    const { output, heard } = await render(1, { 1: [...frames, { type: 'finish', turn: 1 }] });
    const first = output.findIndex((sample) => sample !== 0);
    expect(heard).to.equal(40 * 961);
    expect(output.slice(first, first + 40 * 961).every((sample) => sample === 0.5)).to.equal(true);
  });
  it('plays a short turn that is finished, which alone would wait for more', async () => {
    const finished = await render(0.3, { 1: [frame(1, 480), { type: 'finish', turn: 1 }] });
    const waiting = await render(0.3, { 1: [frame(1, 480)] });
    expect([finished.heard, waiting.heard]).to.deep.equal([480, 0]);
  });
  it('is silent within 5 ms of a flush, and drops what comes late', async () => {
    const at = 150;
    const { output, heard } = await render(1, {
      1: [frame(1, RATE_HZ)],
      [at]: [{ type: 'flush', turn: 1 }, frame(1, 9600), { type: 'finish', turn: 1 }],
    });
    expect(heard).to.be.greaterThan(at * 128 - 128);
    // One quantum for the message, 5 ms for the fade.
    expect(heard).to.be.lessThan((at + 3) * 128 + 240);
    expect(output.slice((at + 3) * 128 + 240).every((sample) => sample === 0)).to.equal(true);
  });
  it('plays low turn numbers again after a reset', async () => {
    const { heard } = await render(0.5, {
      1: [{ type: 'flush', turn: 3 }, { type: 'reset' }, frame(1, 960), { type: 'finish', turn: 1 }],
    });
    expect(heard).to.equal(960);
  });
});

describe('openAudio', () => {
  it('gives the speaker’s worklet a port that tells what was played of which turn', async () => {
    const opened = await openAudio(URLS);
    if (!opened.ok) throw new Error(opened.error);
    const audio = opened.value;
    await audio.resume();
    const port = audio.speakerPort();
    const last = new Promise<PlaybackReport>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => {
        if (data.turnSamples === 4800) resolve(data);
      };
    });
    port.postMessage(frame(2, 4800));
    port.postMessage({ type: 'finish', turn: 2 } satisfies PlaybackCommand);
    expect(await last).to.deep.equal({
      type: 'played',
      playedSamples: 4800,
      underruns: 0,
      gapSamples: 0,
      turn: 2,
      turnSamples: 4800,
    });
    audio.close();
  });
  it('hands the microphone’s frames over by a port of their own, and none after it is disconnected', async () => {
    const opened = await openAudio(URLS);
    const mic = await openMic(() => {});
    if (!opened.ok || !mic.ok) throw new Error('no audio');
    const first = opened.value.connectMic(mic.value.stream);
    const frames = new Promise<Int16Array>((resolve) => {
      first.onmessage = ({ data }: MessageEvent<Int16Array>) => resolve(data);
    });
    expect((await frames).length).to.equal(320);
    // A second connection replaces the first.
    const second = opened.value.connectMic(mic.value.stream);
    await new Promise((resolve) => (second.onmessage = resolve));
    opened.value.close();
    mic.value.stop();
    expect(mic.value.stream.getAudioTracks()[0]?.readyState).to.equal('ended');
  });
  it('says so when there are no worklets or no context', async () => {
    expect(await openAudio({ ...URLS, captureWorkletUrl: '/none.js' })).to.deep.equal({
      ok: false,
      error: 'VT_AUDIO_UNAVAILABLE',
    });
    const Native = globalThis.AudioContext;
    globalThis.AudioContext = function () {
      throw new Error('planted');
    } as never;
    const opened = await openAudio(URLS);
    globalThis.AudioContext = Native;
    expect(opened.ok).to.equal(false);
  });
});

describe('openMic', () => {
  const native = Object.getOwnPropertyDescriptor(Navigator.prototype, 'mediaDevices')!;
  afterEach(() => Object.defineProperty(Navigator.prototype, 'mediaDevices', native));
  const pretend = (value: unknown) =>
    Object.defineProperty(Navigator.prototype, 'mediaDevices', { ...native, get: () => value });

  it('asks for one channel with echo cancellation, noise suppression and gain', async () => {
    let asked: unknown;
    pretend({
      getUserMedia: async (constraints: unknown) => {
        asked = constraints;
        return new MediaStream();
      },
    });
    expect(await openMic(() => {})).to.deep.equal({ ok: false, error: 'VT_MIC_NOT_FOUND' });
    expect(asked).to.deep.equal({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  });
  it('says that the page does not allow it where there is nothing to ask', async () => {
    pretend(undefined);
    expect(await openMic(() => {})).to.deep.equal({ ok: false, error: 'VT_NOT_ALLOWED_BY_PAGE' });
  });
  it('tells once that the device is gone, and not when it was stopped', async () => {
    let lost = 0;
    const mic = await openMic(() => (lost += 1));
    if (!mic.ok) throw new Error(mic.error);
    const [track] = mic.value.stream.getAudioTracks();
    mic.value.setMuted(true);
    expect(track?.enabled).to.equal(false);
    track?.dispatchEvent(new Event('ended'));
    mic.value.stop();
    track?.dispatchEvent(new Event('ended'));
    expect(lost).to.equal(1);
  });
});

describe('browserVoice', () => {
  const native = Object.getOwnPropertyDescriptor(globalThis, 'speechSynthesis')!;
  afterEach(() => Object.defineProperty(globalThis, 'speechSynthesis', native));
  it('speaks in the lesson’s language and stops', () => {
    const done: string[] = [];
    Object.defineProperty(globalThis, 'speechSynthesis', {
      configurable: true,
      value: {
        speak: ({ text, lang }: SpeechSynthesisUtterance) => done.push(`${lang}: ${text}`),
        cancel: () => done.push('cancel'),
      },
    });
    const voice = browserVoice();
    voice?.say('hallo', 'de');
    voice?.stop();
    expect(done).to.deep.equal(['de: hallo', 'cancel']);
  });
  it('is null where there is none', () => {
    Object.defineProperty(globalThis, 'speechSynthesis', { configurable: true, value: undefined });
    expect(browserVoice()).to.equal(null);
  });
});
