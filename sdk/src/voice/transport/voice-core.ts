/** The session with its sound, wherever it runs: takes commands, reports. Knows no DOM; ports come with the commands. */
import { AUDIO_KIND, DOWN_RATE_HZ, encodeAudioFrame, parseAudioFrame } from '../../contracts/voice-audio.js';
import type { Clock, Ids, Random } from '../../protected-core/ports.js';
import { createSession, type Session, type SessionDeps } from '../../protected-core/session/session.js';
import type { SessionState } from '../../protected-core/session/states.js';
import { levelOf } from '../capture/framer.js';
import { createResampler, type Resampler } from '../resampler.js';
import type { CoreCommand, CoreReport, PlaybackCommand, PlaybackReport } from './messages.js';
import type { requestSession } from './browser-ports.js';

/** The end of a MessageChannel, as little of it as is needed. */
export interface CorePort {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** What the core asks of outside. */
export interface VoiceCoreDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly openSocket: SessionDeps['openSocket'];
  readonly requestSession: typeof requestSession;
  readonly report: (report: CoreReport) => void;
}

/** One lesson's core. */
export interface VoiceCore {
  command(command: CoreCommand, port?: CorePort): void;
}

/** Microphone frames kept while no socket is there: five seconds, the oldest goes first and is counted. */
const WAITING_FRAMES = 250;
/** Snapshots for the microphone's level are sent at most this often. */
const LEVEL_MS = 100;

/** Creates a core at rest. */
export function createVoiceCore(deps: VoiceCoreDeps): VoiceCore {
  let session: Session | null = null;
  let provider: Pick<Extract<CoreReport, { type: 'snapshot' }>['snapshot'], 'provider' | 'hears' | 'speaks'> = {
    provider: null,
    hears: null,
    speaks: null,
  };
  let speaker: CorePort | null = null;
  let speakerHz = 48_000;
  let resampler: { readonly turn: number; readonly convert: Resampler } | null = null;
  let waiting: Int16Array[] = [];
  let [micFrames, micDropped, sequence, level, levelSentMs] = [0, 0, 0, 0, 0];
  let played: PlaybackReport = { type: 'played', playedSamples: 0, underruns: 0 };

  const tellSpeaker = (command: PlaybackCommand) =>
    speaker?.postMessage(command, command.type === 'frame' ? [command.samples.buffer as ArrayBuffer] : []);
  const reportStats = () =>
    deps.report({
      type: 'stats',
      playedSamples: played.playedSamples,
      underruns: played.underruns,
      micFrames,
      micDropped,
    });
  const reportState = ({ phase, turn, problem }: SessionState) =>
    deps.report({ type: 'snapshot', snapshot: { phase, turn, problem, micLevel: level, ...provider } });

  const hear = (bytes: ArrayBuffer) => {
    const frame = parseAudioFrame(new Uint8Array(bytes));
    if (!frame || frame.kind !== AUDIO_KIND.tutor || frame.turn <= (session?.state().flushedTurn ?? 0)) return;
    // Each turn starts with a filter of its own, so that none rings into the next.
    if (resampler?.turn !== frame.turn)
      resampler = { turn: frame.turn, convert: createResampler(DOWN_RATE_HZ, speakerHz) };
    const floats = new Float32Array(frame.samples.length);
    for (const [index, sample] of frame.samples.entries()) floats[index] = sample / 32_768;
    // A copy: the resampler's own array is overwritten by the next piece, this one is given away.
    const count = resampler.convert.process(floats);
    const samples = resampler.convert.output.slice(0, count);
    tellSpeaker({ type: 'frame', turn: frame.turn, samples });
  };
  const sendFrame = (samples: Int16Array): boolean => {
    const sent =
      session?.sendAudio(encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: session.state().turn, sequence, samples })) ??
      false;
    if (sent) sequence = (sequence + 1) >>> 0;
    return sent;
  };
  const speak = (samples: Int16Array) => {
    micFrames += 1;
    level = level * 0.7 + levelOf(samples) * 0.3;
    waiting.push(samples);
    while (waiting[0] && sendFrame(waiting[0])) waiting.shift();
    if (waiting.length > WAITING_FRAMES) {
      waiting.shift();
      micDropped += 1;
    }
    const nowMs = deps.clock.monotonicMs();
    if (session && nowMs - levelSentMs >= LEVEL_MS) {
      levelSentMs = nowMs;
      reportState(session.state());
      reportStats();
    }
  };
  const start = ({ serverOrigin, siteKey, request, isolation, release }: Extract<CoreCommand, { type: 'start' }>) => {
    session?.dispatch({ type: 'end' });
    sequence = 0;
    waiting = [];
    provider = { provider: null, hears: null, speaks: null };
    session = createSession({
      clock: deps.clock,
      random: deps.random,
      openSocket: deps.openSocket,
      isolation,
      release,
      requestSession: () => deps.requestSession(serverOrigin, siteKey, request),
      onState: reportState,
      onContent(message) {
        if (message.type === 'ready')
          provider = { provider: message.provider, hears: message.hears, speaks: message.speaks };
        else {
          if (message.type === 'turn-end') tellSpeaker({ type: 'finish', turn: message.turn });
          deps.report({ type: 'content', message });
        }
      },
      onAudio: hear,
      onFlush(turn) {
        tellSpeaker({ type: 'flush', turn });
        deps.report({ type: 'flush', turn });
      },
      onGarbage() {},
    });
    session.dispatch({ type: 'start' });
  };

  return {
    command(command, port) {
      switch (command.type) {
        case 'start':
          return start(command);
        case 'speaker':
          speaker?.close();
          speaker = port ?? null;
          speakerHz = command.rateHz;
          resampler = null;
          if (port) {
            port.onmessage = ({ data }: MessageEvent<PlaybackReport>) => {
              played = data;
              reportStats();
            };
          }
          return;
        case 'microphone':
          if (port) {
            port.onmessage = ({ data }: MessageEvent<unknown>) => {
              if (data instanceof Int16Array) speak(data);
            };
          }
          return;
        case 'mic':
          return session?.dispatch({ type: 'learner.sent', message: command });
        case 'text':
          return session?.dispatch({
            type: 'learner.text',
            message: {
              type: 'text',
              id: deps.ids.uuid(),
              source: command.source,
              text: command.text,
              ...(command.alternatives.length > 0 ? { alternatives: command.alternatives } : {}),
            },
          });
        case 'interrupt':
          return session?.dispatch({ type: 'learner.interrupted', playedMs: 0 });
        case 'context':
        case 'feedback':
          return session?.dispatch({ type: 'learner.sent', message: command });
        case 'end':
          return session?.dispatch({ type: 'end' });
      }
    },
  };
}
